{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro convert_color_space(image, target_color_space) -%}
    {{ return(adapter.dispatch('convert_color_space', 'goldloop')(image, target_color_space)) }}
{%- endmacro %}

{% macro default__convert_color_space(image, target_color_space) -%}
    {%- set arguments = [
        image,
        goldloop._ml_literal(target_color_space),
    ] -%}
    {{ goldloop._ml_value('convert_color_space', 'ML.CONVERT_COLOR_SPACE', arguments, false) }}
{%- endmacro %}
