{#
    The telephone number in a text: at least nine digits with what people write
    between them; null where there is none. Days in digits are left out.

    Args:
        text: expression of the text.
#}
{% macro phone_in(text) -%}
{%- set day = "\\b(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4})\\b" -%}
{%- set number = "(?:\\+|\\(\\+?|\\b)\\d(?:[ ()/.-]{0,3}\\d){8,}" -%}
    nullif(
        regexp_extract(regexp_replace({{ text }}, '{{ day }}', '|', 'g'), '{{ number }}'),
        ''
    )
{%- endmacro %}
