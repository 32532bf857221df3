"""What names conventionally mean: a table of imports. Data only.

Source: the import statements that the libraries' own documentation opens its examples with.
"""

MODULES = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "matplotlib": "import matplotlib",
    "torch": "import torch",
    "nn": "import torch.nn as nn",
    "F": "import torch.nn.functional as F",
    "optim": "import torch.optim as optim",
    "torchvision": "import torchvision",
    "transforms": "import torchvision.transforms as transforms",
    "sp": "import sympy as sp",
    "sympy": "import sympy",
    "scipy": "import scipy",
    "stats": "from scipy import stats",
    "linalg": "from numpy import linalg",
    "tf": "import tensorflow as tf",
    "keras": "from tensorflow import keras",
    "sns": "import seaborn as sns",
    "nx": "import networkx as nx",
    "tqdm": "import tqdm",
    "datetime": "import datetime",
    "random": "import random",
    "time": "import time",
    "copy": "import copy",
}

_OBJECTS_BY_MODULE = {
    "collections": "ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque namedtuple",
    "collections.abc": "AsyncIterator Awaitable Collection Container Coroutine Hashable Iterable Iterator Mapping "
    "MutableMapping MutableSequence MutableSet Sequence Sized",
    "typing": "Annotated Any Callable ClassVar Dict Final FrozenSet Generator Generic List Literal NamedTuple NoReturn Optional Protocol "
    "Set SupportsFloat SupportsInt Tuple Type TypedDict TypeVar Union TYPE_CHECKING cast overload runtime_checkable",
    "dataclasses": "asdict astuple dataclass field",
    "abc": "ABC ABCMeta abstractmethod",
    "enum": "Enum IntEnum Flag IntFlag auto",
    "functools": "cache cached_property lru_cache partial reduce singledispatch singledispatchmethod total_ordering wraps",
    "itertools": "accumulate chain combinations count cycle dropwhile groupby islice permutations product starmap takewhile "
    "zip_longest",
    "operator": "attrgetter itemgetter methodcaller",
    "contextlib": "contextmanager ExitStack suppress",
    "pathlib": "Path PurePath",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "datetime": "timedelta",
    "copy": "deepcopy",
    "io": "BytesIO StringIO",
    "array": "array",
    "bisect": "bisect bisect_left bisect_right insort",
    "types": "MappingProxyType SimpleNamespace MethodType",
    "weakref": "WeakKeyDictionary WeakSet WeakValueDictionary",
    "timeit": "timeit",
    "time": "perf_counter sleep",
    "pprint": "pprint",
    "textwrap": "dedent",
    "concurrent.futures": "ProcessPoolExecutor ThreadPoolExecutor as_completed",
    "threading": "Thread Lock Event",
    "multiprocessing": "Process Pool",
    "torch": "Tensor tensor",
    "torch.utils.data": "DataLoader Dataset TensorDataset random_split",
    "torch.nn.utils.rnn": "pack_padded_sequence pad_packed_sequence pad_sequence",
    "torch.optim": "Adam AdamW SGD RMSprop",
    "torch.optim.lr_scheduler": "CosineAnnealingLR LambdaLR ReduceLROnPlateau StepLR",
    "scipy.integrate": "odeint quad simpson solve_bvp solve_ivp trapezoid",
    "scipy.interpolate": "CubicSpline interp1d",
    "scipy.optimize": "brentq curve_fit fsolve minimize",
    "scipy.linalg": "lu_factor lu_solve",
    "sympy": "Eq Function Matrix Rational Symbol diff dsolve integrate limit simplify solve symbols",
    "sklearn.model_selection": "GridSearchCV KFold StratifiedKFold cross_val_score train_test_split",
    "sklearn.cluster": "AgglomerativeClustering DBSCAN KMeans",
    "sklearn.datasets": "load_digits load_iris load_wine make_blobs make_circles make_classification make_moons make_regression",
    "sklearn.decomposition": "NMF PCA TruncatedSVD",
    "sklearn.ensemble": "GradientBoostingClassifier GradientBoostingRegressor RandomForestClassifier RandomForestRegressor",
    "sklearn.feature_extraction.text": "CountVectorizer TfidfVectorizer",
    "sklearn.linear_model": "Lasso LinearRegression LogisticRegression Ridge SGDClassifier",
    "sklearn.manifold": "TSNE",
    "sklearn.metrics": "accuracy_score classification_report confusion_matrix f1_score mean_squared_error r2_score roc_auc_score",
    "sklearn.metrics.pairwise": "cosine_similarity",
    "sklearn.naive_bayes": "GaussianNB MultinomialNB",
    "sklearn.neighbors": "KNeighborsClassifier NearestNeighbors",
    "sklearn.pipeline": "Pipeline make_pipeline",
    "sklearn.preprocessing": "LabelEncoder MinMaxScaler OneHotEncoder PolynomialFeatures StandardScaler",
    "sklearn.svm": "SVC SVR",
    "sklearn.tree": "DecisionTreeClassifier DecisionTreeRegressor",
    "einops": "rearrange",
    "tqdm": "trange",
}

OBJECTS = {
    name: f"from {module} import {name}" for module, names in _OBJECTS_BY_MODULE.items() for name in names.split()
}

_NN = (
    "AdaptiveAvgPool2d AvgPool2d BCELoss BCEWithLogitsLoss BatchNorm1d BatchNorm2d Conv1d Conv2d ConvTranspose2d "
    "CrossEntropyLoss Dropout Embedding Flatten GELU GRU GroupNorm Identity InstanceNorm2d L1Loss LSTM LayerNorm LeakyReLU "
    "Linear LogSoftmax MSELoss MaxPool2d Module ModuleDict ModuleList MultiheadAttention NLLLoss Parameter RNN ReLU Sequential "
    "SiLU Sigmoid Softmax Tanh Transformer TransformerDecoder TransformerDecoderLayer TransformerEncoder "
    "TransformerEncoderLayer Unflatten Upsample"
)
OBJECTS |= {name: f"from torch.nn import {name}" for name in _NN.split()}

_NUMBERS = (
    "acos asin atan atan2 ceil cos cosh degrees e exp floor hypot log log10 log2 pi radians sin sinh sqrt tan tanh"
)
_ARRAYS = "arange array linspace meshgrid ones zeros"
WITH_NUMPY = frozenset(
    "allclose argmax argmin argsort concatenate cross cumsum diag diff dot empty eye full hstack identity imag inner interp "  # noqa: SIM905
    "loadtxt logspace mean median ones_like outer polyfit polyval real reshape savetxt std trace transpose vdot vstack where "
    "zeros_like".split()
)
"""Names that are numpy's where the program takes other names from numpy, and anybody's else."""

FUNCTIONS: dict[str, tuple[str, ...]] = dict.fromkeys(_NUMBERS.split(), ("math", "numpy", "sympy"))
FUNCTIONS |= dict.fromkeys(_ARRAYS.split(), ("numpy",))
FUNCTIONS |= dict.fromkeys(
    [
        "comb",
        "dist",
        "erf",
        "factorial",
        "fabs",
        "fsum",
        "gamma",
        "gcd",
        "isclose",
        "isfinite",
        "isinf",
        "isnan",
        "isqrt",
        "lcm",
    ],
    ("math",),
)
FUNCTIONS |= dict.fromkeys(["choice", "randint", "randrange", "shuffle", "uniform"], ("random",))
