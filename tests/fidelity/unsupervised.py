"""PCA of the penguins, and correlations of the reference's own table."""

from .case import Case

_TESTS = (
    "https://github.com/googleapis/python-bigquery-dataframes/blob/main/tests/system/small/ml/"
    "test_decomposition.py"
)
_CORRELATION = (
    "https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-correlation"
)
_PCA = """
create schema if not exists bqml_tutorial;
create or replace model bqml_tutorial.penguins_pca
options (model_type = 'pca', num_principal_components = 3)
as select * from ml_datasets.penguins
"""
_BIRDS = """(select * from unnest([
    struct(1633 as tag, 'Adelie Penguin (Pygoscelis adeliae)' as species, 'Dream' as island,
        37.8 as culmen_length_mm, 18.1 as culmen_depth_mm, 193.0 as flipper_length_mm,
        3750.0 as body_mass_g, 'MALE' as sex),
    (1672, 'Gentoo penguin (Pygoscelis papua)', 'Biscoe', 46.5, 14.8, 217.0, 5200.0, 'FEMALE'),
    (1690, 'Adelie Penguin (Pygoscelis adeliae)', 'Torgersen', 41.1, 18.6, 189.0, 3325.0, 'MALE')]))
"""
_MARKETING = """
create schema if not exists my_dataset;
create or replace table my_dataset.marketing_sample as
select * from unnest([
    struct('USA' as country, 'New York' as city, 'Electronics' as product_category,
        100 as ad_spend, 150 as budget, 1000 as revenue),
    ('USA', 'New York', 'Electronics', 150, 200, 1500),
    ('USA', 'New York', 'Apparel', 200, 250, 1800),
    ('USA', 'Seattle', 'Apparel', 220, 240, 2400),
    ('USA', 'Seattle', 'Apparel', 300, 320, 2700),
    (null, 'London', 'Electronics', 100, 120, 500),
    (null, 'London', 'Electronics', 200, 220, 900),
    (null, null, 'Apparel', 200, 200, 1000),
    (null, null, 'Apparel', 250, 250, 1200)])
"""


def _projected(component: int) -> str:
    return f"""
    select concat('bird ', cast(tag as string)), principal_component_{component}
    from ml.predict(model bqml_tutorial.penguins_pca, {_BIRDS},
        struct(true as keep_original_columns))
    """


CASES = (
    Case(
        "ML.EVALUATE of a PCA",
        _TESTS,
        _PCA,
        """
        select 'total_explained_variance_ratio', total_explained_variance_ratio
        from ml.evaluate(model bqml_tutorial.penguins_pca)
        """,
        {"total_explained_variance_ratio": 0.812383},
    ),
    Case(
        "ML.PRINCIPAL_COMPONENT_INFO: eigenvalues",
        _TESTS,
        _PCA,
        """
        select concat('component ', cast(principal_component_id as string)), eigenvalue
        from ml.principal_component_info(model bqml_tutorial.penguins_pca)
        """,
        {"component 0": 3.278657, "component 1": 1.270829, "component 2": 1.125354},
    ),
    Case(
        "ML.PRINCIPAL_COMPONENTS: categories of the first component",
        _TESTS,
        _PCA,
        """
        select concat(feature, ' ', level.category), level.value
        from ml.principal_components(model bqml_tutorial.penguins_pca) as loadings,
            unnest(loadings.categorical_value) as level
        where principal_component_id = 0
        """,
        {
            "species Gentoo penguin (Pygoscelis papua)": 0.25068877125667804,
            "species Adelie Penguin (Pygoscelis adeliae)": -0.20622291900416198,
            "species Chinstrap penguin (Pygoscelis antarctica)": -0.030161149275185855,
            "island Biscoe": 0.19761120114410635,
            "island Dream": -0.11264736305259061,
            "island Torgersen": -0.07065913511418596,
            "sex .": 0.0015916894448071784,
            "sex MALE": 0.06869704739750442,
            "sex FEMALE": -0.052521171596813174,
            "sex _null_filler": -0.0034628622681684906,
        },
        1e-9,
    ),
    Case(
        "ML.PRINCIPAL_COMPONENTS: numbers of the first component",
        _TESTS,
        _PCA,
        """
        select feature, numerical_value
        from ml.principal_components(model bqml_tutorial.penguins_pca)
        where principal_component_id = 0 and numerical_value is not null
        """,
        {
            "culmen_length_mm": 0.401489,
            "culmen_depth_mm": -0.377482,
            "flipper_length_mm": 0.524052,
            "body_mass_g": 0.501174,
        },
        1e-5,
    ),
    Case(
        "ML.PREDICT by PCA: the first component",
        _TESTS,
        _PCA,
        _projected(1),
        {"bird 1633": -1.459, "bird 1672": 2.258, "bird 1690": -1.685},
        1e-3,
    ),
    Case(
        "ML.PREDICT by PCA: the second component",
        _TESTS,
        _PCA,
        _projected(2),
        {"bird 1633": -1.120, "bird 1672": -1.351, "bird 1690": -0.874},
        None,
        "the sign of a component is free. Goldloop's are scikit-learn's, the largest loading being "
        "positive; BigQuery's follow no rule that its documentation tells. The numbers are the "
        "same.",
    ),
    Case(
        "ML.CORRELATION by country",
        _CORRELATION,
        _MARKETING,
        """
        select
            case
                when array_length(segment) = 0 then 'all'
                when country is null then 'country missing'
                else country
            end,
            correlation
        from ml.correlation(table my_dataset.marketing_sample, target_col => 'revenue',
            target_correlation_cols => 'ad_spend', dimension_cols => ['country'])
        """,
        {"all": 0.698, "USA": 0.968, "country missing": 0.990},
        1e-3,
    ),
)
