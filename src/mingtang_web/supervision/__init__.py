"""Looking after the work of the bodies below (监督检查): inspected, ordered, told of."""
