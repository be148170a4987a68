{#
    The telephone number in a text: nine to thirteen digits, to fifteen after a
    plus, with what people write between them; null where there is none. E-mail
    addresses, days in digits and numbers of devices and papers are left out.

    Args:
        text: expression of the text.
#}
{% macro phone_in(text) -%}
{%- set others = [
    "\\S+@\\S+",
    "\\b\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}\\b",
    "\\b\\d{1,2}[-./] ?\\d{1,2}[-./] ?20\\d{2}\\b",
    "\\b\\d{1,2}/\\d{1,2}/\\d{2}\\b",
    "\\b(?:imei|serial|receipt|invoice|order|request)\\D{0,12}\\d[\\d -]*",
] | join("|") -%}
{%- set cleaned = "regexp_replace(" ~ text ~ ", '" ~ others ~ "', '|', 'gi')" -%}
{%- set number = "(?:\\+|\\(\\+?|\\b)\\d(?:(?:[ ().-]{0,3}|/)\\d){8,}" -%}
{%- set found = "regexp_extract(" ~ cleaned ~ ", '" ~ number ~ "')" -%}
    if(
        length(regexp_replace({{ found }}, '\D', '', 'g'))
        between 9 and if(contains({{ found }}, '+'), 15, 13),
        {{ found }},
        null
    )
{%- endmacro %}
