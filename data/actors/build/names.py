"""Turning the names of the fact tables into names as the press prints them."""
import difflib
import re
import unicodedata

# Family names that are ordinary words, given names or shared by too many: never a bare alias.
COMMON = set("""may brown major heath home ford johnson wilson king park rose young smith jones martin thomas james
george charles henry paul peter john michael david robert adams allen baker bell black bush clark clarke cook cooper
davis edwards evans fisher fox gordon grant gray green hall harris hill howard hughes hunt jackson kelly kennedy lewis
marshall mason miller mitchell moore morgan morris murphy murray nelson palmer parker phillips price reid richards
roberts robinson rogers russell scott shaw simpson stewart stone taylor turner walker ward watson webb west white
williams wood woods wright singh khan ahmed ahmad hassan hasan hussein hussain husain mohammed mohamed muhammad mohammad
mahmoud ibrahim ismail abdullah abdallah salman sultan faisal omar osman yusuf yousef khalid saeed said salem salim
rahman rashid garcia lopez martinez perez sanchez rodriguez gonzalez fernandez gomez diaz torres ramirez flores rivera
santos silva souza costa pereira ferreira oliveira barrow bishop blair chambers charter church close court cross early
field frost gates good grand green hand hope house hunter knight lake land little long love mark market marsh mayor
mills moon noble north north page patel people police pope power president prince queen rich rivers roman rush sharp
short small south speaker star state steel strong summer sweet swift temple union victor vincent wall water waters wise
winter world albert alexander andrew anthony arthur benjamin bernard carlos christian christopher daniel diana edward
elizabeth eugene felix francis frank frederick gabriel george hugo isaac jacob jerome jordan jorge joseph juan julian
karim leo leon louis lucas luis maria marie mario matthew maurice miguel moses nicholas oscar pablo patrick pedro philip
pierre ralph ramon raymond ricardo richard samuel sebastian simon stephen steven timothy victoria walter william xavier
chile paris london berlin vienna colombo leone pella egli nepal chang cheng chong kumar sharma nguyen""".split())

TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Sheikh|Shaykh|Sheikha|Hajji|Haji|El Hadj|Prof|Professor|Gen|General|Lt|Col|"
    r"Colonel|Maj|Major General|Brig|Brigadier|Brigadier General|Lieutenant General|Lieutenant Colonel|Captain|Capt|Cdr|Cmdr|Adm|Admiral|"
    r"Vice Admiral|Rear Admiral|Senior General|Field Marshal|Marshal|Major|Commodore|Wing Commander|Tuanku|Tan Sri|Dato|Datuk|Sultan|King|Queen|"
    r"President|Prime Minister|Chancellor|Premier|Governor General|Governor|Amir|Emir|Pope|Emperor|Prince|Princess|Crown Prince|Comrade|Justice|Chief|Rev|"
    r"Ayatollah|Hojjatoleslam|Cardinal|Archbishop|Bishop|Amb|Ambassador|Eng|Engr|Ing|Army Gen|Staff|Ret|Hon|The Hon|"
    r"Interim|Acting|Sayyid|Seyyed|and)\.?\s+|\([^)]*\)\s*)+", re.I)


def fold(s):
    """Lower-case ASCII letters and spaces only."""
    s = s.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i").replace("đ", "dj")
    s = unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z ]+", " ", s.lower().replace("'", "").replace("-", " ")).strip()


LOWER = {"al", "el", "bin", "bint", "ibn", "de", "da", "do", "dos", "das", "del", "di", "du", "la", "van", "von",
         "der", "den", "y", "e", "of", "and", "the", "ben", "abu", "ould", "ag", "ur", "ul"}
ROMAN = re.compile(r"^(?:[IVX]+)$")


def word_case(w):
    """One word out of capitals: O'NEILL -> O'Neill, McCALLUM -> McCallum, AL-ASAD -> al-Asad."""
    if ROMAN.match(w) and len(w) <= 5:
        return w
    if not (len(w) > 1 and sum(c.isupper() for c in w) >= 2 and not re.match(r"^(?:[A-Z]\.)+$", w)):
        return w
    out = []
    for i, p in enumerate(w.split("-")):
        if p.isupper() or (re.match(r"^(?:Mc|Mac|De|Le|La|Van)[A-Z]{2,}$", p)):
            m = re.match(r"^(Mc|Mac|MC)(.+)$", p)
            if m and not p.isupper():
                p = m.group(1) + m.group(2).capitalize()
            else:
                p = "'".join(x.capitalize() for x in p.split("'"))
                p = re.sub(r"'(S)$", "'s", p)
                if p.lower() in ("al", "el", "ul", "ur") and "-" in w:
                    p = p.lower()
        out.append(p)
    return "-".join(out)


def tidy(name):
    """(name, nicknames): Factbook name in press order and case, ranks and notes dropped."""
    name = re.sub(r"&[a-z]+;", lambda m: __import__("html").unescape(m.group(0)), name)
    name = re.sub(r"\s+-\s+.*$|\s+of the Netherlands.*$|;.*$|,.*$|\s+\(?(?:since|as of)\b.*$|\s+serves .*$|\s+was .*$", "", name)
    nick = [word_case(n.strip()) for n in re.findall(r'"([^"]+)"', name)]
    name = re.sub(r'"[^"]+"', " ", name)
    name = re.sub(r"\((?:Ret|ret|acting|interim)[^)]*\)|\([^)]*\)", " ", name)
    name = TITLES.sub("", name.strip())
    name = re.sub(r"^(?:(?:Chairman )?of (?:the )?(?:Presidency|Council of Ministers|Territorial Council|Departmental Council|Government|"
                  r"French Polynesia|Territorial Assembly|Regional Council|Senate)|dit) ", "", name.strip())
    words = [word_case(w) for w in name.split()]
    words = [w.lower() if i and w.lower() in LOWER else w for i, w in enumerate(words)]
    return " ".join(words).strip(" ."), nick


def title_words(s):
    """RUHOLLAH_KHOMEINI -> Ruhollah Khomeini."""
    words = [word_case(w) for w in s.replace("_", " ").replace('"', "").split()]
    return TITLES.sub("", " ".join(w.lower() if i and w.lower() in LOWER else w for i, w in enumerate(words))).strip()


# Names that many share: one of them alone does not make two spellings one person.
GIVEN = set("""al el bin ibn de da del la van von the khan ali mohamed mohammed muhammad mohammad mohamad ould abdel abdul
abd allah abdallah abdullah ahmed ahmad hassan hasan hussein sheikh cheikh sidi ibrahim aziz said omar mahmoud salem juan
jose carlos luis francisco antonio fernando manuel maria jorge pedro miguel rafael jean pierre paul john james david
george william charles robert thomas michael peter joseph henry edward richard alexander ivan nikolai sergei vladimir
alfredo eduardo oscar ramon julio ricardo daniel mario cesar nguyen kim lee park li wang chang singh bahadur prasad
shah mirza haji sir tan king prince jan hans karl andre francois louis philippe jacques andrei viktor yuri mikhail
abdelkader salah samuel simon martin victor felix gabriel hamad khalifa salman jaber sabah""".split())


def alike(a, b):
    """Whether two spellings are probably one person (same state and time given)."""
    fa, fb = fold(a).split(), fold(b).split()
    if not fa or not fb:
        return False
    if set(fa) & set(fb) - GIVEN - COMMON:
        return True
    if fa[-1] == fb[-1]:                # a common family name needs a second sign
        return min(len(fa), len(fb)) == 1 or fa[0][0] == fb[0][0]
    ka, kb = ([w for w in f if w not in GIVEN and len(w) > 4] or f[-1:] for f in (fa, fb))
    ratio = lambda x, y: difflib.SequenceMatcher(None, x, y).ratio()
    return max(ratio(x, y) for x in ka for y in kb) >= 0.86 or ratio("".join(fa), "".join(fb)) >= 0.8 \
        or ratio(fa[-1], fb[-1]) >= 0.8


def bare(family):
    """Whether a family name may stand alone as an alias."""
    f = fold(family)
    return len(f) >= 5 and f not in COMMON and not any(w in COMMON for w in f.split())
