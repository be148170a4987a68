{#
    The quantile of split conformal prediction: the ceil((n + 1) · level)-th least
    of n scores (Vovk, Gammerman & Shafer, 2005; Lei et al., 2018). A new score is
    at most that with a probability of `level` or more, whatever the distribution,
    if it is exchangeable with the others. Null where that would be beyond the last.

    Args:
        scores: expression of the scores.
        level: expression of the probability, 0 to 1.
#}
{% macro conformal_quantile(scores, level) -%}
    {#- Rounded, as (9 + 1) · 0.9 must not be a little above 9. -#}
    list_sort(list({{ scores }}))[
        ceil(round((count(*) + 1) * {{ level }}, 9))::bigint
    ]
{%- endmacro %}
