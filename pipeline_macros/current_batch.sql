{#
    Of made rows only those of the feed's current batch, whenever it was made; none
    if it has none.

    Args:
        made: a relation of made rows with their origin.
        feed: photographs or repairs.
#}
{% macro current_batch(made, feed) %}
    select made.*
    from {{ made }} as made
    semi join {{ ref('synthetic_batches') }} as batches
        on
            batches.feed = '{{ feed }}'
            and made.generator = batches.generator
            and made.generator_version = batches.generator_version
            and made.training_fingerprint = batches.training_fingerprint
            and made.seed = batches.seed
{%- endmacro %}
