"""emlab: what students import."""
