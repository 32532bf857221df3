"""The warm process and its children. Only what stands below this folder imports torch, and only in that process."""
