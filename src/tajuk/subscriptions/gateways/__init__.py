"""The ways money comes in, behind one port (`gateways.port`)."""
