{#
    Whether live coverage of ranges is below the promise by more than chance. There
    are two chances: the quotes judged are a sample, and so were those calibrated on.

    Args:
        z: so many standard errors of both are still chance.
#}
{% macro is_short_of_promise(z) -%}
    coverage < promised_coverage - {{ z }} * sqrt(
        promised_coverage * (1 - promised_coverage)
        * (1 / n_quotes + 1 / n_calibrating)
    )
{%- endmacro %}
