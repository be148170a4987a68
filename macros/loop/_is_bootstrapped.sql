{#- Whether a source says `goldloop: {bootstrap: true}` under `config.meta` or `meta`. -#}
{%- macro _is_bootstrapped(node) -%}
    {%- set config = node.get('config') or {} -%}
    {%- set asked = namespace(value=false) -%}
    {%- for meta in [config.get('meta'), node.get('meta')] if meta -%}
        {%- if (meta.get('goldloop') or {}).get('bootstrap') -%}
            {%- set asked.value = true -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(asked.value) }}
{%- endmacro -%}
