{#
    The names of the rules that a row breaks, as a list; what is unknown breaks none.

    Args:
        rules: conditions in SQL that must not be false, by name.
#}
{% macro broken_rules(rules) %}
    list_filter([
        {% for name, condition in rules.items() -%}
        if(not ({{ condition }}), '{{ name }}', null)
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    ], lambda rule: rule is not null)
{%- endmacro %}
