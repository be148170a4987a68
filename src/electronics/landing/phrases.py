"""How people put things: templates of what customers and agents say about a damaged device."""

import numpy as np

# In brackets what an annotator marks as the damage.
DAMAGE_PHRASES: dict[str, tuple[str, ...]] = {
    "none": (
        "I dropped it yesterday but I cannot see [anything wrong]",
        "it looks fine, I just want to be sure after [a fall]",
        "[the battery seems to drain faster] than it used to",
        "[it gets warm] sometimes, no marks on it",
        "it works, but [something feels off] since last week",
        "could you check it over before I sell it, [nothing is broken]",
        "[it froze twice], on the outside it is as new",
    ),
    "scratch": (
        "there is [a {degree} scratch] across it",
        "my keys left [{degree} scratches on the surface]",
        "it got scraped on a wall, [{degree} marks] everywhere",
        "it is [scuffed], the lines are {degree}",
        "I can feel [a {degree} scratch] with my nail",
        "the kids drew on it with a stone, [{degree} scratches]",
    ),
    "crack": (
        "it fell on the tiles and now it is cracked, [{degree} cracks from the corner]",
        "there is [a {degree} crack] running through it",
        "it [shattered] when I dropped it, the break is {degree}",
        "it landed face down, [{degree} cracks] like a spider web",
        "[one corner has split] and the crack is {degree}",
        "I sat on it and heard a snap, [{degree} fracture]",
    ),
    "dent": (
        "the edge has [a {degree} dent] from a fall",
        "[the corner is bent in], {degree} bump",
        "it got squeezed in the car door and has [a {degree} dent]",
        "[the case is dented], {degree} really",
        "something heavy fell on it, [a {degree} dimple in the back]",
        "it is [bent], {degree}, and does not lie flat any more",
    ),
    "water": (
        "I spilled coffee over it, [{degree} stains under the surface]",
        "it fell into the sink and there are [{degree} wet patches]",
        "it got wet in the rain, [{degree} fog inside]",
        "it went through the washing machine, [water marks] are {degree}",
        "moisture got in at the beach, [{degree} droplets inside]",
        "a glass of juice went over it, [{degree} damp spots]",
    ),
    "screen_fault": (
        "the display shows [{degree} coloured lines]",
        "part of the picture stays black, [{degree} dead area]",
        "[the screen flickers] and has {degree} stripes",
        "there are [{degree} dead pixels on the display]",
        "[the image is washed out] on one side, {degree} banding",
        "touch works but the display has [{degree} green lines]",
    ),
}
VAGUE_PHRASES = (
    "it is damaged, please have a look",
    "it does not work properly any more",
    "something is wrong with it after a fall",
    "it needs a repair, see the photos",
    "it had an accident",
    "hard to describe, the pictures show it",
)
# By thirds of severity.
DEGREES = (
    ("small", "slight", "barely visible", "minor", "light"),
    ("clear", "noticeable", "fairly big", "visible", "medium"),
    ("huge", "severe", "very bad", "deep", "terrible"),
)
VAGUE_IN_REQUESTS, VAGUE_IN_CHATS = 0.3, 0.1

GREETINGS = ("Hi", "Hello", "Good morning", "hey there", "Good afternoon", "Hi there")
SMALL_TALK = (
    "hope you are having a good day",
    "what a week",
    "first time I use this chat",
    "greetings from a rainy town",
    "my sister recommended you",
    "sorry to bother you",
)
OPENERS = (
    "I have a problem with my {product}.",
    "It is about my {product}.",
    "My {product} needs help.",
    "I just filed a repair request for my {product}.",
    "Got a {product} here that I use every day.",
)
AGENT_QUESTIONS = (
    "Thanks for getting in touch. What happened to it?",
    "Hello! Could you describe the damage?",
    "Sorry to hear that. Can you tell me what you see?",
    "I am here to help. What exactly is wrong?",
)
AGES = (
    "I bought it about {months} months ago.",
    "It is around {months} months old.",
    "Had it for {months} months now.",
)
AGENT_QUOTES = (
    "Thank you. From what you describe, the repair would be {price}.",
    "I have looked at your photos: we would charge {price} all in.",
    "Our quote for this is {price}, parts and labour included.",
    "We can do that for {price}. Shall I book it?",
)
HAGGLES = (
    "Hmm, that is a lot. Can you do better?",
    "Is there any discount you could give me?",
    "A friend paid less elsewhere, what is your best price?",
    "That is more than I expected, could we meet in the middle?",
)
AGENT_CONCESSIONS = (
    "I can take ten percent off: {price}. That is the best I can do.",
    "Let me see… {price} would be our final offer.",
    "As a one-off I can offer {price}.",
)
ACCEPTANCES = (
    "OK, go ahead please.",
    "Fine, let us do it.",
    "Yes, book it.",
    "Sounds fair, please repair it.",
    "Alright, deal. Thanks!",
    "Perfect, thank you, I will take it.",
)
REFUSALS = (
    "No thanks, that is too expensive for me.",
    "I will leave it then, thank you.",
    "For that money I rather buy a new one.",
    "Not worth it, please send it back.",
    "I have to decline, sorry.",
    "Let me think about it… no, thanks.",
)


def one_of(rng: np.random.Generator, phrases: tuple[str, ...]) -> str:
    """A random phrase."""
    return phrases[rng.integers(len(phrases))]


def damage_in_words(
    rng: np.random.Generator, damage_type: str, severity: float, vague_share: float
) -> str:
    """The damage as a customer says it; vague for some, else true to type and degree."""
    words, _ = marked_damage(rng, damage_type, severity, vague_share)
    return words


def marked_damage(
    rng: np.random.Generator, damage_type: str, severity: float, vague_share: float
) -> tuple[str, tuple[int, int] | None]:
    """As `damage_in_words`, and where in it the damage is told; None where it is vague."""
    if rng.random() < vague_share:
        return one_of(rng, VAGUE_PHRASES), None
    degree = DEGREES[min(int(severity * 3), 2)]
    marked = one_of(rng, DAMAGE_PHRASES[damage_type]).format(degree=one_of(rng, degree))
    span = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), span


def described(rng: np.random.Generator, damage_type: str, severity: float) -> str:
    """The short description on a request form."""
    words = damage_in_words(rng, damage_type, severity, VAGUE_IN_REQUESTS)
    return with_typos(rng, words, 0.02)


def with_typos(rng: np.random.Generator, text: str, share: float) -> str:
    """Text in which `share` of the longer words have two neighbouring letters swapped."""
    words = text.split(" ")
    for i, word in enumerate(words):
        if len(word) > 3 and word.isalpha() and rng.random() < share:
            at = int(rng.integers(1, len(word) - 1))
            words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
