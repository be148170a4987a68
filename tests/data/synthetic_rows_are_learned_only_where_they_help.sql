-- What is kept has a gain beyond doubt, and beats whatever needs no network.
select
    kept.feed,
    kept.recipe,
    kept.gain_low as found
from {{ ref('synthetic_benefit') }} as kept
inner join {{ ref('synthetic_benefit') }} as other
    on
        kept.feed = other.feed
        and kept.recipe != other.recipe
        and not other.is_neural
where kept.is_kept and (kept.gain_low <= 0 or kept.score <= other.score)
{% for name, feed, variable in [
    ('synthetic_training_photographs', 'photographs', 'damage_learns_from_synthetic'),
    ('synthetic_training_repairs', 'repairs', 'cost_learns_from_synthetic'),
] if var(variable) != 'always' %}
union all
select
    '{{ feed }}' as feed,
    learned.generator as recipe,
    null as found
from {{ ref(name) }} as learned
left join {{ ref('synthetic_benefit') }} as benefit
    on
        benefit.feed = '{{ feed }}'
        and learned.generator = benefit.recipe
        and benefit.is_kept
where benefit.recipe is null
{% endfor %}
