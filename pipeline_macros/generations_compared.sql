{#
    Which generations of the damage models are compared on which requests: a list
    of mappings. `since` is the generation whose build knew no label yet of the
    requests it is compared on: the first (what all feedback was worth) and the
    one before the last (what the last week's was). `generations` are those that
    speak of them, `cost` is the version of repair_cost that prices all they say;
    each is of that generation's build. While nothing can be asked, one.
#}
{% macro generations_compared() %}
    {#- Before the condition, so that dbt sees what is referred to. -#}
    {%- set versions %}
        select
            damage.version,
            damage.lineage ->> 'labelled_until' as labelled_until,
            {%- for model in ('damage_severity', 'repair_cost') %}
            (
                select max(other.version)
                from {{ ref(model) }} as other
                where
                    other.invocation_id = damage.invocation_id
                    or other.trained_at < damage.trained_at
            ) as {{ model }},
            {%- endfor %}
        from {{ ref('damage_assessment') }} as damage
        order by damage.version
    {%- endset %}
    {%- if not execute %}
        {{- return([
            {'since': 1, 'until': '2026-06-28', 'cost': 1, 'generations': [
                {'damage': 1, 'severity': 1}
            ]}
        ]) }}
    {%- endif %}
    {%- set found = [] %}
    {%- for row in run_query(versions) %}
        {%- do found.append({
            'damage': row[0] | int, 'until': row[1], 'severity': row[2] | int, 'cost': row[3] | int
        }) %}
    {%- endfor %}
    {%- set compared = [] %}
    {%- for since in (found[:1] + found[1:-1][-1:]) %}
        {%- set others = [] if since == found[0] else [found[0]] %}
        {%- do compared.append({
            'since': since.damage, 'until': since.until, 'cost': since.cost,
            'generations': others + [since],
        }) %}
    {%- endfor %}
    {{- return(compared) }}
{% endmacro %}
