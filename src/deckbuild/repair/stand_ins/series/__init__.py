"""What has elements that are taken one after the other, or looked up: loaders, lists, vocabularies."""
