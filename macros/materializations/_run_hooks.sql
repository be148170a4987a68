{#- Hooks, each by itself: as in BigQuery, what one did is there for the next on any connection. -#}
{%- macro _run_hooks(hooks) -%}
    {%- for hook in hooks -%}
        {%- set rendered = render(hook.get('sql')) | trim -%}
        {%- if rendered -%}
            {%- call statement(auto_begin=False) -%}{{ rendered }}{%- endcall -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}
