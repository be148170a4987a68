"""The severity of damage, by damage type."""

import numpy as np

from electronics.severity import fit_severity, fit_severity_of_all_types


def test_a_regression_for_each_damage_type_follows_what_one_for_all_cannot():
    """What makes a dent severe makes a scratch slight."""
    rng = np.random.default_rng(0)
    is_dent = rng.random(6000) < 0.5
    sign = rng.normal(size=6000)
    embeddings = np.column_stack([sign, np.where(is_dent, 4.0, -4.0), rng.normal(size=6000)])
    severities = 0.5 + np.where(is_dent, 0.1, -0.1) * sign
    damage_types = np.where(is_dent, "dent", "scratch")
    by_type = fit_severity(embeddings[:4000], severities[:4000], damage_types[:4000])
    of_all = fit_severity_of_all_types(embeddings[:4000], severities[:4000])
    errors = [
        np.abs(estimator.predict(embeddings[4000:]) - severities[4000:]).mean()
        for estimator in (by_type, of_all)
    ]
    assert errors[0] < errors[1] / 2
