{% macro point_in_time_join(spine, features, key, spine_time, feature_time, columns) -%}
    {{ return(adapter.dispatch('point_in_time_join', 'goldloop')(spine, features, key, spine_time, feature_time, columns)) }}
{%- endmacro %}

{% macro default__point_in_time_join(spine, features, key, spine_time, feature_time, columns) -%}
    {{ goldloop._raise_unsupported('point_in_time_join') }}
{%- endmacro %}

{% macro duckdb__point_in_time_join(spine, features, key, spine_time, feature_time, columns) -%}
    {%- if columns is string or not columns -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.point_in_time_join: `columns` must be a list of the features' columns, got "
            ~ columns | tojson ~ ". Write columns=['…', '…']."
        ) }}
    {%- endif -%}
    {%- set keys = [key] if key is string else key -%}
    select
        spine.*
        {%- for column in columns %},
        features.{{ adapter.quote(column) }}
        {%- endfor %}
    from {{ goldloop._rows('point_in_time_join', spine) }} as spine
    asof left join {{ goldloop._rows('point_in_time_join', features) }} as features
        on
            {%- for column in keys %}
            spine.{{ adapter.quote(column) }} = features.{{ adapter.quote(column) }} and
            {%- endfor %}
            spine.{{ adapter.quote(spine_time) }} >= features.{{ adapter.quote(feature_time) }}
{%- endmacro %}
