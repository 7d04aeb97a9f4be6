"""Offers to read on, as paywalls make them in many languages."""

from __future__ import annotations

_OFFERS = {
    "English": """
        to continue reading | continue reading with a subscription | to read the full story |
        to read the full article | to read the rest of this | subscribe to read |
        subscribe to unlock | subscribe now to read | log in to keep reading |
        sign in to continue reading | to keep reading | this article is for subscribers |
        this story is for subscribers | this content is for subscribers |
        is available to subscribers only | is exclusively for subscribers |
        become a subscriber to read | to unlock this article | this is a subscriber-only |
        this is subscriber exclusive | you have reached your limit of free articles |
        already a subscriber? log in to read""",
    "German": """
        jetzt weiterlesen | weiterlesen mit | um weiterzulesen | mit einem abo weiterlesen |
        jetzt abonnieren und weiterlesen | diesen artikel weiterlesen | lesen sie weiter mit |
        ist abonnenten vorbehalten | nur für abonnenten | exklusiv für abonnenten |
        den vollständigen artikel lesen | testen und weiterlesen | dieser artikel ist kostenpflichtig |
        diesen artikel freischalten | sie lesen den artikel mit""",
    "French": """
        réservé aux abonnés | réservée aux abonnés | reste à lire | pour lire la suite |
        la suite est réservée | abonnez-vous pour lire | pour continuer la lecture |
        lire la suite de cet article avec | de cet article à lire | article abonné""",
    "Spanish, Portuguese, Catalan": """
        para seguir leyendo | para continuar leyendo | contenido exclusivo para suscriptores |
        exclusivo para suscriptores | suscríbete para leer | suscríbase para leer |
        sólo para suscriptores | solo para suscriptores | para continuar a ler |
        exclusivo para assinantes | conteúdo exclusivo para assinantes | para continuar lendo |
        assine para ler | exclusiu per a subscriptors | artigo exclusivo para assinantes""",
    "Italian": """
        per continuare a leggere | riservato agli abbonati | contenuto riservato |
        abbonati per leggere | per leggere l'articolo completo | continua a leggere con""",
    "Dutch, Danish, Swedish, Norwegian, Finnish": """
        lees verder met | om verder te lezen | exclusief voor abonnees | alleen voor abonnees |
        for at læse videre | læs videre med | kun for abonnenter | forbeholdt abonnenter |
        för att läsa vidare | läs vidare med | endast för prenumeranter | for å lese videre |
        les videre med | kun for abonnenter | jatka lukemista | vain tilaajille |
        logga in för att läsa | är en låst artikel | artikkelen er for abonnenter |
        saken er for abonnenter | artiklen er for abonnenter""",
    "Polish, Czech, Slovak, Hungarian, Romanian": """
        aby czytać dalej | czytaj dalej z | dalsza część artykułu | pozostało do przeczytania |
        tylko dla subskrybentów | dostępne tylko dla prenumeratorów | treść tylko dla | wykup dostęp |
        pro pokračování ve čtení | jen pro předplatitele | pouze pro předplatitele |
        len pre predplatiteľov | a cikk folytatása előfizetőknek | csak előfizetőknek |
        pentru a citi în continuare | doar pentru abonați""",
    "Russian, Ukrainian, Greek, Turkish": """
        чтобы читать дальше | чтобы прочитать полностью | чтобы продолжить чтение |
        доступно только подписчикам | доступен только подписчикам | только для подписчиков |
        материал доступен по подписке | текст доступен по подписке | щоб читати далі |
        лише для передплатників |
        тільки для передплатників | για να διαβάσετε τη συνέχεια | για να συνεχίσετε την ανάγνωση |
        μόνο για συνδρομητές | okumaya devam etmek için | sadece abonelere""",
    "Chinese, Japanese, Korean, Arabic, Hebrew": """
        登录后阅读全文 | 订阅后阅读 | 付费阅读 | 訂閱後閱讀 | 登入後閱讀全文 | 阅读全文请订阅 |
        续读请订阅 | 有料会員限定 | 続きを読むには | この記事は会員限定 | 会員限定記事 | 会員限定です |
        유료 회원 | 유료회원 |
        구독 후 | 기사 전문을 보려면 | للمشتركين فقط | لمتابعة القراءة | למנויים בלבד | להמשך קריאה""",
}
OFFERS = tuple(" ".join(offer.split()) for offers in _OFFERS.values() for offer in offers.split("|"))
"""In lower case. Each speaks of reading on, not only of subscribing."""

_ASIDES = """
    already a subscriber | already a member | already subscribed | already have an account |
    not a subscriber | subscribe now | subscribe today | start your free trial | choose your plan |
    see subscription options |
    your last free article | free articles left | free articles remaining | support local journalism |
    cancel anytime | cancel at any time | bereits abonnent | schon abonnent | bereits registriert |
    jetzt abonnieren | hier anmelden | jederzeit kündbar | monatlich kündbar | jetzt kostenlos testen |
    déjà abonné | je m'abonne | abonnez-vous | sans engagement | s'abonner | ya eres suscriptor |
    ¿ya eres | suscríbete | ya soy suscriptor | já é assinante | já sou assinante | assine já | assine agora |
    sei già abbonato | sei già un abbonato | abbonati | disdici quando vuoi | al abonnee | ben je al abonnee |
    neem een abonnement | word abonnee | allerede abonnent | bliv abonnent | bli abonnent |
    redan prenumerant | bli prenumerant | oletko jo tilaaja | tilaa nyt | masz już konto |
    masz już subskrypcję | zaloguj się |
    wykup subskrypcję | už máte předplatné | předplatit | már előfizető | ești deja abonat | уже подписаны |
    оформите подписку | оформить подписку | вже маєте підписку | είστε ήδη συνδρομητής | zaten abone misiniz |
    已有账号 | 立即订阅 | 已是訂戶 | 立即訂閱 | ログインして続きを読む | 会員登録 | 구독하기 | 이미 구독"""
ASIDES = tuple(" ".join(aside.split()) for aside in _ASIDES.split("|"))
"""What stands in the box of an offer, above or below it. Too little to tell a paywall by."""
