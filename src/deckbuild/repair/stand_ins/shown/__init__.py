"""What cards write down themselves: values in the text, lists in part, data of other cards."""
