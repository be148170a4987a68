"""The review sentences: where they come from, and what is said when they are not there."""

import tarfile

import pytest

from electronics.landing import LandingError
from electronics.landing.review_sentences import SDIST, cache_folder, rated_sentences


def test_all_sentences_are_read_with_review_and_rating():
    sentences = rated_sentences()
    assert len(sentences) == 3_708
    assert all(-4 <= s.rating <= 4 and s.sentence for s in sentences)
    assert len({s.review for s in sentences}) == 300


def test_the_cache_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("GOLDLOOP_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_without_network_the_error_names_the_file_and_the_place(monkeypatch, tmp_path):
    monkeypatch.setenv("GOLDLOOP_CACHE", str(tmp_path / "empty"))
    for variable in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.setenv(variable, "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(LandingError, match=rf"download it from PyPI and put it at .*{SDIST}"):
        rated_sentences()


def test_a_broken_archive_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("GOLDLOOP_CACHE", str(tmp_path))
    (tmp_path / SDIST).write_bytes(b"not an archive")
    with pytest.raises(LandingError, match="delete it and land again"):
        rated_sentences()


def test_an_archive_without_the_sentences_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("GOLDLOOP_CACHE", str(tmp_path))
    with tarfile.open(tmp_path / SDIST, "w:gz"):
        pass
    with pytest.raises(LandingError, match=r"does not hold amazonReviewSnippets_GroundTruth\.txt"):
        rated_sentences()
