"""Chance in a program: a statement in, the generators of random numbers that it draws from, or seeds, out."""

from __future__ import annotations

import ast
from typing import Literal, TypeAlias

from .reliance import form_targets, root

Library: TypeAlias = Literal["torch", "numpy", "python", "own", "machine"]
"""Whose generator of random numbers; `own`: an object of the program; `machine`: no generator, but another computer, day or version gives something else."""

RANDOM = frozenset(
    {
        "rand", "randn", "randint", "randperm", "rand_like", "randn_like", "randint_like", "normal", "normal_", "uniform", "uniform_",
        "multinomial", "bernoulli", "shuffle", "sample", "choice", "choices", "random", "random_", "permutation", "gauss", "getrandbits",
        "randrange", "standard_normal", "integers", "default_rng", "dropout", "rsample", "binomial", "poisson", "exponential", "beta", "gamma",
    }
)  # fmt: skip
# torch's layers draw their first weights.
DRAWING = frozenset(
    {
        "Linear", "Bilinear", "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d", "Embedding", "EmbeddingBag",
        "LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell", "MultiheadAttention", "Transformer", "TransformerEncoderLayer",
        "TransformerDecoderLayer", "TransformerEncoder", "TransformerDecoder", "Dropout", "Dropout2d", "DataLoader", "empty", "random_split",
        "xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "LazyLinear", "train_test_split",
    }
)  # fmt: skip
OF_GENERATORS = frozenset(
    {"random", "normal", "uniform", "integers", "choice", "choices", "shuffle", "permutation", "standard_normal", "randint", "rand", "randn", "gauss",
     "binomial", "poisson", "exponential", "beta", "gamma", "randrange", "getrandbits"}
)  # fmt: skip
SEEDING = frozenset({"manual_seed", "seed", "manual_seed_all", "seed_everything", "set_seed", "set_random_seed"})
# What replaces the weights that a layer drew.
OVERWRITING = frozenset({"load_state_dict", "copy_", "fill_", "constant_", "ones_", "zeros_", "eye_"})
# The author's computer, clock, folder and versions are not this one's.
OF_THE_MACHINE = frozenset(
    {
        "id", "getsizeof", "time", "perf_counter", "monotonic", "process_time", "now", "today", "getpid", "getcwd", "listdir", "cpu_count",
        "is_available", "device_count", "get_device_name", "memory_allocated", "current_device", "environ", "__version__", "version", "platform",
        "getrecursionlimit", "getrefcount", "default_timer", "uuid4", "gethostname", "cwd", "localtime", "maxsize", "version_info", "timeit",
        "getenv", "__file__", "executable",
    }
)  # fmt: skip
ASKED = frozenset(
    {
        "time",
        "os",
        "sys",
        "datetime",
        "date",
        "torch",
        "platform",
        "uuid",
        "socket",
        "Path",
        "timeit",
        "psutil",
        "multiprocessing",
    }
)
# Objects that draw: with a seed as their first argument they are seeded.
GENERATORS = frozenset({"default_rng", "RandomState", "Random"})
SEED_ARGUMENTS = frozenset({"random_state", "seed", "generator"})


def draws(
    statement: ast.stmt, *, layers: bool = True, functions: frozenset[str] = frozenset(), forms: bool = False
) -> frozenset[Library]:
    """The libraries that a statement draws random numbers from, in a function that it defines too; a layer draws its weights.

    Only with `forms` is counted what only the form is asked of, by `functions` too.
    """
    names = RANDOM | DRAWING if layers else RANDOM
    targets = () if forms else form_targets(statement, functions)
    of_form = {id(n) for target in targets for n in ast.walk(target)}
    calls = (n for n in ast.walk(statement) if isinstance(n, ast.Call) and id(n) not in of_form)
    drawn = {library(n) for n in calls if called(n) in names and not seeded(n)}
    return frozenset(drawn | {"machine" for n in ast.walk(statement) if is_of_the_machine(n)})


def is_of_the_machine(node: ast.AST) -> bool:
    """Whether an expression asks for what another computer, day or version answers differently."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in OF_THE_MACHINE
        case ast.Attribute(attr=name):
            return name in OF_THE_MACHINE and (name.startswith("__") or bool(root(node) & ASKED))
        case _:
            return False


def overwrites(statement: ast.stmt) -> bool:
    """Whether a statement replaces a layer's weights by stated ones."""
    return any(called(n) in OVERWRITING for n in ast.walk(statement) if isinstance(n, ast.Call)) or any(
        isinstance(n, ast.Attribute) and n.attr in ("weight", "bias", "data") and isinstance(n.ctx, ast.Store)
        for n in ast.walk(statement)
    )


def seeds(statement: ast.stmt) -> frozenset[Library]:
    """The libraries that a statement seeds; a helper of unknown origin (`set_seed(7)`) seeds all."""
    calls = [n for n in ast.walk(statement) if isinstance(n, ast.Call)]
    everywhere: tuple[Library, ...] = ("torch", "numpy", "python")
    found = {
        one
        for n in calls
        if called(n) in SEEDING
        for one in ((library(n),) if isinstance(n.func, ast.Attribute) else everywhere)
    }
    return frozenset(found | {"own" for n in calls if called(n) in GENERATORS and seeded(n)})


def library(call: ast.Call) -> Library:
    """Which generator a call uses, by the name that it starts from."""
    names = {n.id for n in ast.walk(call.func) if isinstance(n, ast.Name)}
    attributes = {n.attr for n in ast.walk(call.func) if isinstance(n, ast.Attribute)}
    if names & {"np", "numpy"} or "numpy" in attributes:
        return "numpy"
    if "random" in names or "torch" in names:
        return "python" if "random" in names else "torch"
    method = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    return "own" if method and not called(call).endswith("_") and called(call) in OF_GENERATORS else "torch"


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def seeded(call: ast.Call) -> bool:
    """Whether a call is given its own seed."""
    if called(call) in GENERATORS and call.args:
        return True
    return any(
        k.arg in SEED_ARGUMENTS and not (isinstance(k.value, ast.Constant) and k.value.value is None)
        for k in call.keywords
    )
