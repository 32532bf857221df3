"""The corrections, one kind a file. A name rule offers providers of a missing name; a fault rule offers states without a fault.

The order of the tables is the order of trust among equals; the search ranks by cost.
"""

from __future__ import annotations

from ..scene import FaultRule, NameRule
from .anew import correct as stand_in_anew
from .annotations import correct as leave_annotations
from .api_drift import correct as correct_api_drift
from .bases import correct as set_up_base
from .brackets import correct as put_brackets
from .call_brackets import correct as correct_call_brackets
from .class_parts import correct as complete_class
from .definitions import provide as provide_definition
from .devices import correct as correct_device
from .dimensions import correct as add_dimensions
from .dtypes import correct as correct_dtype
from .flattening import correct as flatten
from .folders import correct as make_folder
from .import_paths import correct as correct_import_path
from .imports import provide as provide_import
from .instances import provide as provide_instance
from .math_of_arrays import correct as correct_math
from .modules_called import correct as correct_module_called
from .namespaces import correct as correct_namespace
from .other_words import correct as correct_word
from .own_modules import correct as define_own_module
from .python2_lists import correct as make_list
from .renamed_arguments import correct as correct_argument
from .renamed_methods import correct as correct_method
from .sides import correct as correct_sides
from .sizes import correct as correct_size
from .spelling import correct as correct_spelling
from .stand_ins import provide as provide_stand_in
from .state_dict import provide as provide_state_dict
from .state_dict_keys import correct as correct_state_dict_keys
from .texts import correct as make_text
from .torch_calls import correct as correct_torch_call
from .torch_names import correct as correct_torch_name
from .views import correct as correct_view
from .whole_numbers import correct as make_whole

NAME_RULES: tuple[NameRule, ...] = (
    provide_import,
    provide_definition,
    provide_state_dict,
    provide_instance,
    provide_stand_in,
)
SETUP_RULES: tuple[FaultRule, ...] = (
    correct_size,
    correct_sides,
    correct_device,
    define_own_module,
    make_folder,
    stand_in_anew,
)
"""What concerns the surroundings of a snippet: its machine, its files, values that deckbuild chose."""
TEXT_RULES: tuple[FaultRule, ...] = (
    correct_state_dict_keys,
    add_dimensions,
    correct_dtype,
    flatten,
    put_brackets,
    correct_view,
    correct_api_drift,
    correct_method,
    correct_argument,
    correct_spelling,
    correct_module_called,
    make_whole,
    correct_torch_name,
    make_text,
    make_list,
    correct_word,
    correct_namespace,
    correct_torch_call,
    correct_math,
    complete_class,
    set_up_base,
    correct_import_path,
    correct_call_brackets,
    leave_annotations,
)
"""What corrects the snippet's own text: not where the card says that it fails."""
