"""How well a model of implicit feedback ranks the items of each user, as SQL.

Of each user in the rows, all items of the training are ranked by their score, of equal ones the
first id first. A row's rating says how relevant its item is; items without one are not.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

from goldloop.recommendation.score import FACTORS, ITEMS, USERS

RANKING_METRICS = (
    "mean_average_precision",
    "mean_squared_error",
    "normalized_discounted_cumulative_gain",
    "average_rank",
)


def ranking_query(
    tables: Mapping[str, exp.Table], columns: tuple[str, str, str], source: str
) -> exp.Select:
    """Return the query of the four metrics over the rows of the query `source`.

    mean_average_precision is the mean over users of the mean over relevant items of the precision
    at their rank; the gain of an item is its rating, discounted by log2(1 + rank) and over that of
    the best order; average_rank is Hu, Koren and Volinsky's: ranks from 0 (first) to 1 (last),
    weighted by rating. The squared error is that of 1, or 0 without a rating, for the rows.

    Args:
        tables: the factors, by `USERS` and `ITEMS`.
        columns: what the rows call user, item and rating.
        source: a DuckDB query.
    """
    user, item, rating = (exp.to_identifier(name, quoted=True).sql("duckdb") for name in columns)
    users, items = (tables[key].sql("duckdb") for key in (USERS, ITEMS))
    return sqlglot.parse_one(
        f"""
        with _goldloop_rated as (
            select {user} as user_id, {item} as item_id, sum({rating}::double) as rating
            from ({source}) as _goldloop_source
            where {user} is not null and {item} is not null and {rating} is not null
            group by all
        ),
        _goldloop_ranked as (
            select
                pairs.user_id,
                items.id as item_id,
                coalesce(users.intercept, 0) + items.intercept
                    + coalesce(list_dot_product(users.{FACTORS}, items.{FACTORS}), 0) as score,
                row_number() over (
                    partition by pairs.user_id order by score desc, items.id
                ) as place,
                count(*) over (partition by pairs.user_id) as ranked
            from (select distinct user_id from _goldloop_rated) as pairs
            cross join {items} as items
            left join {users} as users on users.id = pairs.user_id
        ),
        _goldloop_judged as (
            select
                rated.user_id, rated.rating, ranked.place, ranked.score, ranked.ranked,
                row_number() over (
                    partition by rated.user_id, rated.rating > 0 order by ranked.place
                ) as hits,
                row_number() over (
                    partition by rated.user_id order by rated.rating desc
                ) as best_place
            from _goldloop_rated as rated
            inner join _goldloop_ranked as ranked using (user_id, item_id)
        ),
        _goldloop_users as (
            select
                user_id,
                avg(hits::double / place) filter (where rating > 0) as precision,
                sum(rating / log2(1 + place))
                    / nullif(sum(rating / log2(1 + best_place)), 0) as gain
            from _goldloop_judged
            group by user_id
        )
        select
            (select avg(precision) from _goldloop_users) as mean_average_precision,
            avg(pow(if(rating > 0, 1, 0)::double - score, 2)) as mean_squared_error,
            (select avg(gain) from _goldloop_users) as normalized_discounted_cumulative_gain,
            sum(rating * coalesce((place - 1)::double / nullif(ranked - 1, 0), 0))
                / nullif(sum(rating), 0) as average_rank
        from _goldloop_judged
        """,
        dialect="duckdb",
        into=exp.Select,
    )
