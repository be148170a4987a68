"""What a sentence of a review feels: a rating from -4 to 4, from its words."""

from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import FeatureUnion, make_pipeline

from goldloop import TrainedModel


def model(dbt, session):
    """Fit on four fifths of the reviews that people rated; a whole review is held out or not."""
    dbt.config(materialized="model", schema="ml")
    rated = dbt.ref("review_training_sentences").order("review_id, sentence").df()
    training = rated[~rated["is_held_out"]]
    words = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3)),
        ]
    )
    estimator = make_pipeline(ColumnTransformer([("text", words, "sentence")]), Ridge(alpha=2.0))
    estimator.fit(training[["sentence"]], training["rating"])
    return TrainedModel(
        estimator,
        label="rating",
        features=["sentence"],
        training=training,
        evaluation=rated[rated["is_held_out"]],
        comment="Sentiment of a review's sentence on the raters' scale, -4 to 4.",
    )
