{#- The filter that keeps the files a bronze model has not read yet. -#}
{% macro of_new_files() -%}
    {%- if is_incremental() -%}
    where parse_filename(_file_path) not in (
        select distinct _file_name from {{ this }}
    )
    {%- endif -%}
{%- endmacro %}
