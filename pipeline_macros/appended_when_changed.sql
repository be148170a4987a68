{#
    An inference differs from the one before it in its inputs, model or version.

    Args:
        columns: names of those that tell what is inferred about.
#}
{% test appended_when_changed(model, columns) %}
    select
        {{ columns | join(", ") }},
        _model_version,
        _input_fingerprint,
        _predicted_at
    from {{ model }}
    qualify
        (_model, _model_version, _input_fingerprint) = lag(
            (_model, _model_version, _input_fingerprint)
        ) over (
            partition by {{ columns | join(", ") }}
            order by _predicted_at
        )
        or _input_fingerprint is null
        {%- for column in columns %}
        or {{ column }} is null
        {%- endfor %}
{% endtest %}
