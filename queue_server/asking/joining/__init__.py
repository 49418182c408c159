"""How somebody proves to stand in the hall: rotating codes, scans, and what they are good for."""
