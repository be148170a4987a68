"""The models that are exported, and what an export makes of a prediction."""

MODELS = {
    "line": ("'linear_reg', input_label_cols = ['y']", "age, flag, brand, y"),
    "odds": ("'logistic_reg', input_label_cols = ['z']", "age, flag, brand, z"),
    "tier": ("'logistic_reg', input_label_cols = ['brand']", "age, flag, y, brand"),
    "trees": (
        "'boosted_tree_classifier', input_label_cols = ['z'], max_iterations = 2, "
        "max_tree_depth = 2",
        "age, flag, brand, z",
    ),
    "forest": (
        "'boosted_tree_regressor', input_label_cols = ['y'], max_iterations = 2, "
        "max_tree_depth = 2, category_encoding_method = 'one_hot_encoding'",
        "age, brand, y",
    ),
    "groups": ("'kmeans', num_clusters = 3", "age, brand"),
    "network": (
        "'dnn_classifier', input_label_cols = ['z'], hidden_units = [4, 3], max_iterations = 2",
        "age, flag, brand, z",
    ),
    "wide": (
        "'dnn_linear_combined_regressor', input_label_cols = ['y'], hidden_units = [3], "
        "max_iterations = 2, activation_fn = 'tanh'",
        "age, brand, y",
    ),
    "latent": ("'autoencoder', hidden_units = [2, 1, 2], max_iterations = 2", "age, y"),
    "axes": (
        "'sklearn', model_class = 'sklearn.decomposition.PCA', n_components = 2",
        "age, y",
    ),
}


def flat(prediction):
    """A struct of a prediction as the columns it is exported as."""
    columns = {}
    for key, value in prediction.items():
        if not isinstance(value, list):
            columns[key] = value
        elif "prob" in value[0]:
            for each in value:
                label = str(each["label"])
                label = label.lower() if isinstance(each["label"], bool) else label
                columns[f"{key.removesuffix('s')}_{label}"] = each["prob"]
        else:
            for each in value:
                columns[f"distance_to_centroid_{each['CENTROID_ID']}"] = each["DISTANCE"]
    return columns
