"""The estimators of the battery: name, estimator, inputs and target, in one table."""

from shop import ARRAY, EVERYTHING, NUMBERS, TEXTS
from sklearn import (
    cluster,
    compose,
    decomposition,
    discriminant_analysis,
    ensemble,
    feature_selection,
    impute,
    linear_model,
    naive_bayes,
    neural_network,
    pipeline,
    preprocessing,
    tree,
)
from xgboost import XGBClassifier, XGBRegressor, XGBRFClassifier

NUMBER, POSITIVE, TWO, THREE, NONE = "number", "positive", "two", "three", None

SCALER = preprocessing.StandardScaler


def scaled(estimator):
    return pipeline.make_pipeline(SCALER(), estimator)


def after(*transformers):
    """The transformers, then a ridge on what they make."""
    return pipeline.make_pipeline(*transformers, linear_model.Ridge())


def mixed(estimator, encoder=None, remainder="drop"):
    numeric = [given.name for given in NUMBERS]
    return pipeline.make_pipeline(
        compose.ColumnTransformer(
            [
                ("numbers", pipeline.make_pipeline(impute.SimpleImputer(), SCALER()), numeric),
                (
                    "texts",
                    encoder or preprocessing.OneHotEncoder(handle_unknown="ignore"),
                    [given.name for given in TEXTS],
                ),
            ],
            remainder=remainder,
        ),
        estimator,
    )


def encoded(encoder, estimator=linear_model.Ridge()):  # noqa: B008 - the battery clones it
    return pipeline.make_pipeline(encoder, estimator)


XGB = {"n_estimators": 5, "n_jobs": 1, "random_state": 0}
SMALL = {"n_estimators": 4, "random_state": 0}

SCALERS = [
    ("standard scaler", after(SCALER()), NUMBERS, NUMBER),
    ("standard scaler, not centred", after(SCALER(with_mean=False)), NUMBERS, NUMBER),
    ("standard scaler, not scaled", after(SCALER(with_std=False)), NUMBERS, NUMBER),
    ("min-max scaler", after(preprocessing.MinMaxScaler((-2, 3))), NUMBERS, NUMBER),
    ("min-max scaler, clipped", after(preprocessing.MinMaxScaler(clip=True)), NUMBERS, NUMBER),
    ("max-abs scaler", after(preprocessing.MaxAbsScaler()), NUMBERS, NUMBER),
    ("robust scaler", after(preprocessing.RobustScaler()), NUMBERS, NUMBER),
    (
        "robust scaler, not centred",
        after(preprocessing.RobustScaler(with_centering=False)),
        NUMBERS,
        NUMBER,
    ),
    (
        "three scalers, folded",
        after(SCALER(), preprocessing.MinMaxScaler(), SCALER()),
        NUMBERS,
        NUMBER,
    ),
]
IMPUTERS = [
    (
        f"imputer, {strategy}",
        after(impute.SimpleImputer(strategy=strategy), SCALER()),
        NUMBERS,
        NUMBER,
    )
    for strategy in ("mean", "median", "most_frequent", "constant")
] + [
    (
        "imputer with indicator",
        after(impute.SimpleImputer(add_indicator=True), SCALER()),
        NUMBERS,
        NUMBER,
    ),
    (
        "imputer of texts",
        encoded(
            pipeline.make_pipeline(
                impute.SimpleImputer(strategy="most_frequent"),
                preprocessing.OneHotEncoder(handle_unknown="ignore"),
            )
        ),
        TEXTS,
        NUMBER,
    ),
]
ENCODERS = [
    ("one-hot, unknown is an error", encoded(preprocessing.OneHotEncoder()), TEXTS, NUMBER),
    (
        "one-hot, unknown ignored",
        encoded(preprocessing.OneHotEncoder(handle_unknown="ignore")),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot, first dropped",
        encoded(preprocessing.OneHotEncoder(drop="first", handle_unknown="ignore")),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot, binary dropped",
        encoded(preprocessing.OneHotEncoder(drop="if_binary", sparse_output=False)),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot, infrequent together",
        encoded(
            preprocessing.OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=20)
        ),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot, at most three",
        encoded(preprocessing.OneHotEncoder(max_categories=3, handle_unknown="ignore")),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot of a number and a boolean",
        encoded(
            compose.ColumnTransformer(
                [("n", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["count", "is_new"])]
            )
        ),
        NUMBERS,
        NUMBER,
    ),
    ("ordinal, unknown is an error", encoded(preprocessing.OrdinalEncoder()), TEXTS, NUMBER),
    (
        "ordinal, unknown is minus one",
        encoded(preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)),
        TEXTS,
        NUMBER,
    ),
    (
        "ordinal into trees",
        encoded(
            preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
            ensemble.RandomForestRegressor(**SMALL),
        ),
        TEXTS,
        NUMBER,
    ),
    (
        "one-hot into trees",
        encoded(
            preprocessing.OneHotEncoder(handle_unknown="ignore"),
            ensemble.RandomForestClassifier(**SMALL),
        ),
        TEXTS,
        THREE,
    ),
]
COMPOSITIONS = [
    ("columns of each kind", mixed(linear_model.LogisticRegression()), (*NUMBERS, *TEXTS), TWO),
    (
        "columns and a remainder",
        mixed(linear_model.LogisticRegression(), remainder="passthrough"),
        EVERYTHING,
        THREE,
    ),
    ("columns into boosted trees", mixed(XGBClassifier(**XGB)), (*NUMBERS, *TEXTS), TWO),
    (
        "columns into a network",
        mixed(
            neural_network.MLPClassifier(hidden_layer_sizes=(5,), max_iter=40, random_state=0),
            remainder="passthrough",
        ),
        EVERYTHING,
        TWO,
    ),
    (
        "weighted columns",
        after(
            compose.ColumnTransformer(
                [("a", SCALER(), [0, 2]), ("b", "passthrough", slice(1, 2)), ("c", "drop", [3])],
                transformer_weights={"a": 3.0},
            )
        ),
        NUMBERS,
        NUMBER,
    ),
    (
        "a union of projections",
        after(
            SCALER(),
            pipeline.FeatureUnion(
                [
                    ("pca", decomposition.PCA(2)),
                    ("raw", "passthrough"),
                    ("kmeans", cluster.KMeans(2, random_state=0)),
                ]
            ),
        ),
        NUMBERS,
        NUMBER,
    ),
    (
        "selected columns",
        after(
            feature_selection.VarianceThreshold(0.05), SCALER(), feature_selection.SelectKBest(k=2)
        ),
        NUMBERS,
        POSITIVE,
    ),
    (
        "an optional step left out",
        pipeline.Pipeline(
            [("scale", SCALER()), ("skip", "passthrough"), ("fit", linear_model.Ridge())]
        ),
        NUMBERS,
        NUMBER,
    ),
]
REGRESSORS = (
    [
        (type(regressor).__name__, scaled(regressor), NUMBERS, NUMBER)
        for regressor in (
            linear_model.LinearRegression(),
            linear_model.Ridge(),
            linear_model.RidgeCV(),
            linear_model.Lasso(0.3),
            linear_model.LassoCV(),
            linear_model.ElasticNet(0.1),
            linear_model.BayesianRidge(),
            linear_model.HuberRegressor(),
            linear_model.SGDRegressor(random_state=0),
            neural_network.MLPRegressor(hidden_layer_sizes=(6, 4), max_iter=30, random_state=0),
            neural_network.MLPRegressor(
                hidden_layer_sizes=(4,), activation="tanh", max_iter=30, random_state=0
            ),
            neural_network.MLPRegressor(
                hidden_layer_sizes=(4, 3, 2), activation="logistic", max_iter=30, random_state=0
            ),
            neural_network.MLPRegressor(hidden_layer_sizes=(), max_iter=30, random_state=0),
            neural_network.MLPRegressor(
                hidden_layer_sizes=(3,), activation="identity", max_iter=30, random_state=0
            ),
        )
    ]
    + [
        (f"{type(regressor).__name__}, log link", scaled(regressor), NUMBERS, POSITIVE)
        for regressor in (
            linear_model.PoissonRegressor(),
            linear_model.GammaRegressor(),
            neural_network.MLPRegressor(
                hidden_layer_sizes=(4,), loss="poisson", max_iter=30, random_state=0
            ),
        )
    ]
    + [("linear regression on raw columns", linear_model.LinearRegression(), NUMBERS, NUMBER)]
)
TREES = [
    (type(regressor).__name__, regressor, NUMBERS, NUMBER)
    for regressor in (
        tree.DecisionTreeRegressor(random_state=0),
        tree.ExtraTreeRegressor(random_state=0),
        ensemble.RandomForestRegressor(**SMALL),
        ensemble.ExtraTreesRegressor(**SMALL),
        ensemble.GradientBoostingRegressor(**SMALL),
        ensemble.GradientBoostingRegressor(**SMALL, init="zero", loss="huber"),
        ensemble.HistGradientBoostingRegressor(max_iter=6),
        XGBRegressor(**XGB),
    )
] + [
    (
        "HistGradientBoostingRegressor, Poisson",
        ensemble.HistGradientBoostingRegressor(max_iter=6, loss="poisson"),
        NUMBERS,
        POSITIVE,
    ),
    ("XGBRegressor, Poisson", XGBRegressor(objective="count:poisson", **XGB), NUMBERS, POSITIVE),
    ("XGBRegressor on an array", XGBRegressor(**XGB), ARRAY, NUMBER),
    ("scaled forest", scaled(ensemble.RandomForestRegressor(**SMALL)), NUMBERS, NUMBER),
    (
        "forest of principal components",
        pipeline.make_pipeline(decomposition.PCA(2), tree.DecisionTreeRegressor(max_depth=4)),
        ARRAY,
        NUMBER,
    ),
]
CLASSIFIERS = [
    (f"{type(classifier).__name__}, {target} classes", classifier, NUMBERS, target)
    for target in (TWO, THREE)
    for classifier in (
        scaled(linear_model.LogisticRegression()),
        scaled(
            linear_model.LogisticRegressionCV(cv=2, l1_ratios=(0,), use_legacy_attributes=False)
        ),
        pipeline.make_pipeline(
            preprocessing.MinMaxScaler(clip=True),
            linear_model.SGDClassifier("log_loss", random_state=0),
        ),
        scaled(discriminant_analysis.LinearDiscriminantAnalysis()),
        scaled(
            neural_network.MLPClassifier(hidden_layer_sizes=(6, 3), max_iter=30, random_state=0)
        ),
        scaled(naive_bayes.GaussianNB()),
        naive_bayes.GaussianNB(),
        tree.DecisionTreeClassifier(max_depth=5, random_state=0),
        tree.ExtraTreeClassifier(random_state=0),
        ensemble.RandomForestClassifier(**SMALL),
        ensemble.ExtraTreesClassifier(**SMALL),
        ensemble.GradientBoostingClassifier(**SMALL),
        ensemble.HistGradientBoostingClassifier(max_iter=6),
        XGBClassifier(**XGB),
        XGBRFClassifier(**XGB),
    )
] + [
    (
        "exponential loss",
        ensemble.GradientBoostingClassifier(**SMALL, loss="exponential"),
        NUMBERS,
        TWO,
    ),
    ("dart", XGBClassifier(**XGB, booster="dart", rate_drop=0.5), NUMBERS, THREE),
]
CLUSTERINGS = [
    ("KMeans", scaled(cluster.KMeans(4, random_state=0, n_init=1)), NUMBERS, NONE),
    (
        "KMeans with more clusters than are listed",
        scaled(cluster.KMeans(7, random_state=0, n_init=1)),
        NUMBERS,
        NONE,
    ),
    (
        "MiniBatchKMeans",
        scaled(cluster.MiniBatchKMeans(3, random_state=0, n_init=1)),
        NUMBERS,
        NONE,
    ),
    ("KMeans on an array", cluster.KMeans(3, random_state=0, n_init=1), ARRAY, NONE),
]
PROJECTIONS = [
    ("PCA", scaled(decomposition.PCA(3)), NUMBERS, NONE),
    ("PCA, whitened", scaled(decomposition.PCA(3, whiten=True)), NUMBERS, NONE),
    ("PCA of an array", decomposition.PCA(2), ARRAY, NONE),
    ("TruncatedSVD", scaled(decomposition.TruncatedSVD(2)), NUMBERS, NONE),
    ("a scaler alone", SCALER(), NUMBERS, NONE),
]

ESTIMATORS = [
    *SCALERS,
    *IMPUTERS,
    *ENCODERS,
    *COMPOSITIONS,
    *REGRESSORS,
    *TREES,
    *CLASSIFIERS,
    *CLUSTERINGS,
    *PROJECTIONS,
]
