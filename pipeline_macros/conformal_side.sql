{#
    How far a conformal range goes to one side of what is expected: the quantile of
    the errors to that side, and never back over it. Null where the level asks for
    more errors than there are.

    Args:
        errors: expression of the errors, positive to that side.
        level: expression of the probability, 0 to 1.
#}
{% macro conformal_side(errors, level) -%}
    {{ no_less(conformal_quantile(errors, level)) }}
{%- endmacro %}
