{% macro bootstrap_sources() -%}
    {{ return(adapter.dispatch('bootstrap_sources', 'goldloop')()) }}
{%- endmacro %}

{% macro default__bootstrap_sources() -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if goldloop._is_bootstrapped(node) -%}
            {%- do goldloop._create_source(node) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}
