{#
    How far a conformal range goes to one side of what is expected: the quantile of
    the errors to that side, and never back over it. Null where the level asks for
    more errors than there are; greatest(null, 0) would be 0, a range of no width.

    Args:
        errors: expression of the errors, positive to that side.
        level: expression of the probability, 0 to 1.
#}
{% macro conformal_side(errors, level) -%}
    {%- set quantile = conformal_quantile(errors, level) -%}
    if({{ quantile }} < 0, 0, {{ quantile }})
{%- endmacro %}
