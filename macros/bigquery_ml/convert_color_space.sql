{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro convert_color_space(image, 'HSV' | 'GRAYSCALE' | 'YIQ' | 'YUV') -%}
    {{ return(adapter.dispatch('convert_color_space', 'goldloop')(image, 'HSV' | 'GRAYSCALE' | 'YIQ' | 'YUV')) }}
{%- endmacro %}

{% macro default__convert_color_space(image, 'HSV' | 'GRAYSCALE' | 'YIQ' | 'YUV') -%}
    {%- set arguments = [
        image,
        goldloop._ml_literal('HSV' | 'GRAYSCALE' | 'YIQ' | 'YUV'),
    ] -%}
    {{ goldloop._ml_value('convert_color_space', 'ML.CONVERT_COLOR_SPACE', arguments, false) }}
{%- endmacro %}
