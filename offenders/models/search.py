"""Names as a search finds them: a row for each surname with each forename, and their dictionaries.

A misspelt word is looked up among the few distinct names, by letters (trigrams) and by sound
(double metaphone); the pairs of what was found are then read from an index. The triggers of
nominals and aliases keep all three tables, whatever writes those.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models

NEW, OLD = "new_rows", "old_rows"

# The words of a name: lower case, no accents, without apostrophes; the parts of a double name
# and the whole of it. The same function reads what a person typed.
NAME_WORDS = r"""
CREATE FUNCTION name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $fn$
    WITH plain AS (
        SELECT regexp_replace(
            lower(public.unaccent('public.unaccent'::regdictionary, name)), '[''.]', '', 'g'
        ) AS text
    ), parts AS (
        SELECT array_remove(regexp_split_to_array(text, '[^a-z]+'), '') AS words FROM plain
    )
    SELECT CASE WHEN cardinality(words) > 1
        THEN words || array_to_string(words, '') ELSE words END
    FROM parts
$fn$;
"""
DROP_NAME_WORDS = "DROP FUNCTION name_words(text);"

# Everything that `names` (nominal_id, surname, forenames) gives, into the three tables.
FILL = """
    pairs AS MATERIALIZED (
        SELECT DISTINCT nominal_id, last.word AS surname, coalesce(first.word, '') AS forename
        FROM names
        CROSS JOIN unnest(CASE WHEN name_words(surname) = '{}' THEN ARRAY['']
            ELSE name_words(surname) END) AS last (word)
        LEFT JOIN unnest(name_words(forenames)) AS first (word) ON true
    ), words AS (
        INSERT INTO offenders_nameword (word, is_surname, sound, other_sound)
        SELECT word, is_surname, dmetaphone(word), dmetaphone_alt(word) FROM (
            SELECT DISTINCT surname AS word, true AS is_surname FROM pairs WHERE surname <> ''
            UNION SELECT DISTINCT forename, false FROM pairs WHERE forename <> ''
        ) AS found ORDER BY word
        ON CONFLICT DO NOTHING
    )
    INSERT INTO offenders_nominalname (nominal_id, surname, forename)
    SELECT nominal_id, surname, forename FROM pairs
"""


class FollowNames(pgtrigger.Trigger):
    """After every statement on nominals or aliases, the names of those touched are made anew."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, key: str, operation: pgtrigger.Operation) -> None:
        self.key = key
        self.sources = [
            *([NEW] if operation != pgtrigger.Delete else []),
            *([OLD] if operation != pgtrigger.Insert else []),
        ]
        super().__init__(
            name=f"names_{str(operation).lower()}",
            operation=operation,
            referencing=pgtrigger.Referencing(
                old=OLD if OLD in self.sources else None, new=NEW if NEW in self.sources else None
            ),
        )

    @classmethod
    def on(cls, key: str) -> list[FollowNames]:
        """`key`: the column of the rows that names the nominal."""
        return [cls(key, each) for each in (pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete)]

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # stubs: an instance
        touched = " UNION ".join(
            f"SELECT {self.key} AS nominal_id FROM {rows}" for rows in self.sources
        )
        return f"""
            EXECUTE $sql$
                DELETE FROM offenders_nominalname WHERE nominal_id IN ({touched})
            $sql$;
            EXECUTE $sql$
                WITH touched AS MATERIALIZED ({touched}), names AS MATERIALIZED (
                    SELECT id AS nominal_id, surname, forenames FROM offenders_nominal
                    WHERE id IN (SELECT nominal_id FROM touched) AND merged_into_id IS NULL
                    UNION SELECT alias.nominal_id, coalesce(nullif(alias.surname, ''), own.surname),
                        coalesce(nullif(alias.forenames, ''), own.forenames)
                    FROM offenders_alias AS alias
                    JOIN offenders_nominal AS own ON own.id = alias.nominal_id
                    WHERE alias.nominal_id IN (SELECT nominal_id FROM touched)
                        AND own.merged_into_id IS NULL
                ), {FILL}
            $sql$;
            RETURN NULL;
        """


class NameWord(models.Model):
    """A distinct surname or forename, by letters and by sound."""

    word = models.CharField(max_length=200)
    is_surname = models.BooleanField()
    sound = models.CharField(max_length=20)
    other_sound = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "is_surname"], name="name_word_once")
        ]
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="name_word_letters"),
            models.Index(fields=["sound"], name="name_word_sound"),
            models.Index(fields=["other_sound"], name="name_word_other_sound"),
        ]

    def __str__(self) -> str:
        return self.word


class NominalName(models.Model):
    nominal = models.ForeignKey(
        "offenders.Nominal", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    surname = models.CharField(max_length=200)
    forename = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["surname", "forename"], include=["nominal"], name="name_pair"),
            models.Index(fields=["forename"], include=["surname", "nominal"], name="name_forename"),
            models.Index(fields=["nominal"], name="name_of_nominal"),
        ]

    def __str__(self) -> str:
        return f"{self.surname}, {self.forename}"
