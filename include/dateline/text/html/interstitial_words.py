"""What pages that stand before the one asked for call themselves and say, by kind and in several languages.

All is in lower case, without punctuation at the ends; `interstitials.py` says how it is put to use. Titles
are whole ones, beside a site's name: none is the headline of a story of more than some words. Phrases speak
to the reader, as no reporter does.
"""

from __future__ import annotations

TITLES = {
    "challenge": frozenset({
        "just a moment", "one moment please", "one moment, please", "please wait", "attention required",
        "checking your browser", "access denied", "access to this page has been denied", "human verification",
        "you have been blocked", "sorry, you have been blocked", "verify you are human", "are you a robot",
        "verifying you are human", "verifying your connection", "are you human", "robot check", "captcha",
        "bot verification", "security check", "security verification", "performing security verification",
        "pardon our interruption", "ddos-guard", "please verify you are a human", "request rejected",
        "making sure you're not a bot", "client challenge", "vercel security checkpoint",
        "nur einen moment", "einen moment bitte", "einen moment, bitte", "zugriff verweigert",
        "sicherheitsüberprüfung", "sicherheitsprüfung", "bist du ein mensch", "sind sie ein roboter",
        "un instant", "un instant, s'il vous plaît", "veuillez patienter", "vérification de sécurité",
        "accès refusé", "êtes-vous un robot", "un momento", "un momento, por favor", "espere un momento",
        "verificación de seguridad", "acceso denegado", "eres un robot", "um momento", "só um momento",
        "verificação de segurança", "acesso negado", "solo un momento", "un attimo", "verifica di sicurezza",
        "accesso negato", "een ogenblik geduld", "even geduld", "een moment geduld", "toegang geweigerd",
        "beveiligingscontrole", "proszę czekać", "chwileczkę", "cierpliwości", "odmowa dostępu",
        "один момент", "подождите", "проверка браузера", "доступ запрещен", "доступ ограничен",
        "вы не робот", "зачекайте", "bir dakika lütfen", "erişim engellendi", "güvenlik kontrolü",
        "ett ögonblick", "åtkomst nekad", "et øjeblik", "et øyeblikk", "hetkinen", "okamžik",
        "tunggu sebentar", "しばらくお待ちください", "アクセスが拒否されました", "잠시만 기다리십시오",
        "请稍候", "請稍候", "安全验证",
    }),
    "consent": frozenset({
        "before you continue", "we value your privacy", "your privacy", "your privacy choices", "cookies",
        "your privacy, your choice", "privacy settings", "privacy preferences", "privacy gate", "cookie wall",
        "cookie consent", "cookie settings", "cookie preferences", "cookie notice", "consent", "cookiewall",
        "manage consent", "accept cookies", "we care about your privacy", "bevor sie fortfahren",
        "bevor du fortfährst", "wir respektieren ihre privatsphäre", "wir schätzen ihre privatsphäre",
        "ihre privatsphäre", "datenschutzeinstellungen", "privatsphäre-einstellungen", "einwilligung",
        "cookie-einstellungen", "zustimmung", "avant de continuer", "avant de poursuivre", "votre vie privée",
        "nous respectons votre vie privée", "gestion des cookies", "paramètres des cookies", "consentement",
        "antes de continuar", "valoramos tu privacidad", "tu privacidad nos importa", "consentimiento",
        "su privacidad es importante para nosotros", "configuración de cookies", "consenso",
        "configuración de privacidad", "prima di continuare", "la tua privacy è importante per noi",
        "rispettiamo la tua privacy", "impostazioni dei cookie", "valorizamos a sua privacidade",
        "definições de cookies", "configurações de cookies", "voordat je verdergaat", "voordat u verdergaat",
        "wij respecteren jouw privacy", "privacy-instellingen", "cookie-instellingen", "cookiemelding",
        "toestemming", "zanim przejdziesz dalej", "szanujemy twoją prywatność", "cenimy twoją prywatność",
        "ustawienia prywatności", "innan du fortsätter", "vi värdesätter din integritet",
        "cookieinställningar", "før du fortsætter", "vi værner om dit privatliv", "før du fortsetter",
        "vi bryr oss om personvernet ditt", "ennen kuin jatkat", "arvostamme yksityisyyttäsi",
        "než budete pokračovat", "vážíme si vašeho soukromí", "devam etmeden önce", "înainte de a continua",
        "σεβόμαστε την ιδιωτικότητά σας", "your consent", "we need your consent", "ihre zustimmung",
        "ihre einwilligung", "wir brauchen ihre zustimmung", "wir benötigen ihre zustimmung",
        "votre consentement", "tu consentimiento", "su consentimiento", "il tuo consenso",
        "o seu consentimento", "uw toestemming", "jouw toestemming", "twoja zgoda", "ditt samtycke",
        "dit samtykke", "ditt samtykke", "suostumuksesi", "váš souhlas", "ваше согласие",
    }),
    "login": frozenset({
        "log in", "login", "sign in", "log in or sign up", "sign in to continue", "log in to continue",
        "please log in", "please sign in", "anmelden", "anmeldung", "einloggen", "bitte anmelden",
        "connexion", "se connecter", "connectez-vous", "identification", "iniciar sesión", "inicia sesión",
        "entrar", "iniciar sessão", "fazer login", "accedi", "inloggen", "aanmelden", "zaloguj się",
        "logowanie", "вход", "войти", "авторизация", "logga in", "log ind", "logg inn", "kirjaudu",
        "kirjaudu sisään", "přihlášení", "giriş yap", "ログイン", "登录", "登錄", "로그인",
    }),
}  # fmt: skip

PHRASES = {
    "challenge": (
        "enable javascript and cookies to continue", "enable cookies and javascript", "enable js and disable",
        "turn javascript on and reload", "checking your browser", "checking if the site connection is secure",
        "review the security of your connection", "verify you are human", "verify that you are human",
        "verifying you are human", "check that you are human", "you are not a robot", "you're not a robot",
        "complete the security check", "complete the captcha", "solve the captcha", "you have been blocked",
        "unusual traffic from your", "unusual activity from your", "is using a security service to protect",
        "you don't have permission to access", "made us think you were a bot", "protected by anubis",
        "request unsuccessful. incapsula",
        "dass sie ein mensch sind", "dass du ein mensch bist", "dass sie kein roboter sind",
        "javascript und cookies", "browser wird überprüft", "sicherheit ihrer verbindung",
        "ungewöhnlichen datenverkehr", "que vous êtes humain", "que vous n'êtes pas un robot",
        "javascript et les cookies", "la sécurité de votre connexion", "vérification de votre navigateur",
        "que es un ser humano", "que eres humano", "que no eres un robot", "javascript y las cookies",
        "la seguridad de su conexión", "comprobando su navegador", "se você é humano", "que não é um robô",
        "javascript e os cookies", "a segurança da sua conexão", "di essere umano", "che non sei un robot",
        "javascript e i cookie", "la sicurezza della tua connessione", "of u een mens bent",
        "dat u geen robot bent", "javascript en cookies", "de beveiliging van uw verbinding",
        "że jesteś człowiekiem", "że nie jesteś robotem", "что вы человек", "что вы не робот",
        "включите javascript", "проверка вашего браузера", "insan olduğunuzu doğrulayın",
        "robot olmadığınızı", "att du är en människa", "att du inte är en robot", "人間であることを確認",
        "ロボットではない", "사람인지 확인", "确认您是真人", "完成安全验证",
    ),
    "consent": (
        "we and our partners", "our partners use cookies", "access information on", "personal data",
        "personalised ad", "personalized ad", "accept all", "reject all", "manage your choices",
        "withdraw your consent", "we use cookies", "wir und unsere partner", "unsere partner",
        "informationen auf einem gerät", "informationen auf ihrem gerät", "personenbezogene daten",
        "personalisierte", "alle akzeptieren", "alle ablehnen", "wir verwenden cookies",
        "nous et nos partenaires", "nos partenaires", "informations sur votre appareil",
        "données personnelles", "tout accepter", "tout refuser", "continuer sans accepter",
        "nosotros y nuestros socios", "nuestros socios", "información en un dispositivo", "datos personales",
        "aceptar todo", "rechazar todo", "noi e i nostri partner", "nostri partner", "dati personali",
        "informazioni su un dispositivo", "accetta tutt", "rifiuta tutt", "nós e os nossos parceiros",
        "parceiros", "dados pessoais", "aceitar tudo", "aceitar todos", "rejeitar", "wij en onze partners",
        "onze partners", "informatie op een apparaat", "persoonsgegevens", "alles accepteren",
        "alles weigeren", "my i nasi partnerzy", "nasi partnerzy", "dane osobowe", "zaakceptuj wszystk",
        "danych osobowych", "våra partners", "personuppgifter", "acceptera alla", "vores partnere",
        "personoplysninger", "accepter alle", "våre partnere", "personopplysninger", "godta alle",
        "kumppanimme", "henkilötietoja", "hyväksy kaikki", "naši partneři", "osobní údaje",
        "přijmout vše", "kişisel veri", "tümünü kabul", "datele personale", "acceptă tot",
        "οι συνεργάτες μας", "προσωπικά δεδομένα",
    ),
    "login": (),
}  # fmt: skip

MARKERS = (
    "_cf_chl_opt", "cf-browser-verification", "cf-challenge-running", "geo.captcha-delivery.com",
    'id="px-captcha"', "Incapsula incident ID", "sucuri_cloudproxy_js", "window.gokuProps",
    'id="anubis_challenge"', "/.well-known/ddos-guard/js-challenge", "window.KPSDK=", "errors.edgesuite.net",
)  # fmt: skip
"""What the makers of such pages put into their code, and into no page that was let through."""

DETAILS = {
    "challenge": "a page that checks browsers",
    "consent": "a page that asks for consent",
    "login": "a page to log in at",
}
