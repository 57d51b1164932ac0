"""What people add: waivers, attestations, materials; and what a run is held against: a baseline, an earlier result."""
