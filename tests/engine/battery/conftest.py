"""A warehouse with a model of every type, trained when first asked for."""

import pytest
from recipes import RECIPES, SUPPORT

import goldloop


class Models:
    """A session in which `train` leaves `main.<type>`; `sql` runs a script."""

    def __init__(self, session):
        self.session = session
        self._trained = {}

    def train(self, model_type, name=None):
        name = name or model_type
        recipe = RECIPES[model_type]
        options = ", ".join(filter(None, [f"model_type='{model_type}'", recipe.options]))
        if name not in self._trained:
            self._trained[name] = self.session.sql(
                f"create or replace model main.{name} {recipe.clause} options({options}) "
                f"as {recipe.query}"
            )
        return self.session.model(f"main.{name}").card()

    def sql(self, text):
        return self.session.sql(text)


@pytest.fixture(scope="session")
def models():
    with goldloop.connect() as session:
        session.sql(SUPPORT)
        yield Models(session)
