"""Annual reports collected from the bodies below: read, returned or accepted, added up."""
