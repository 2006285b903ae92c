import type { share as english } from "../en/share.js";

/** French words of sharing: links, embedding. */
export const share: typeof english = {
  share: "Partager",
  title: "Partager ce scénario",
  link_explained:
    "Tout le scénario est dans le lien, après le « # » : le navigateur garde cette partie pour lui, aucun serveur ne la voit.",
  include: "Aussi dans le lien",
  include_names: "Noms des affaires",
  include_owners: "Propriétaires",
  include_notes: "Notes",
  names_left_out:
    "Sans les noms, les identifiants qui en contiennent un sont remplacés ; les chiffres simulés bougent alors dans la limite de leur erreur type.",
  copy_link: "Copier le lien",
  copied: "Copié.",
  copy_refused: "Le navigateur refuse la copie : sélectionnez le texte et copiez-le à la main.",
  length: { one: "{count} caractère", other: "{count} caractères" },
  too_long:
    "{count} caractères : au-delà de {most}, messageries et conversations cassent souvent les liens. Envoyez plutôt le fichier du scénario.",
  save_file: "Enregistrer le fichier du scénario",
  bare_link:
    "Cette page n'a pas d'adresse que d'autres puissent ouvrir : placez la partie ci-dessous derrière l'adresse de votre page dealcast.",
  link_name: "Le lien",
  opened_from_link: "Ouvrir le scénario du lien",
  opened: "Voici le scénario du lien. « Annuler » ramène ce qui était là.",
  malformed: "Il ne commence pas comme un lien dealcast.",
  future:
    "Il vient d'une version plus récente (format {found} ; cette version lit le format {supported}). Mettez dealcast à jour pour l'ouvrir.",
  truncated:
    "Il est coupé : {found} caractères sur {expected}. Demandez-le de nouveau, ou demandez le fichier.",
  altered:
    "Il a été altéré en chemin : sa somme de contrôle ne correspond pas. Demandez-le de nouveau, ou demandez le fichier.",
  too_large: "Une fois décompressé, il dépasserait {maximum} octets.",
  readonly_reset: "Revenir à l'original",
  part_link: "Lien",
  part_embed: "Dans un wiki",
  part_snapshot: "Instantané",
  by_hand: "Texte à copier",
  saved: "Enregistré.",
  saved_perhaps: "Confié au navigateur. Un bac à sable peut l'écarter : le texte est ici, à copier.",
  host: "Où",
  host_confluence_cloud: "Confluence Cloud",
  host_confluence_dc: "Confluence Data Center",
  host_sharepoint: "SharePoint Online",
  host_notion: "Notion",
  host_mediawiki: "MediaWiki",
  host_gitlab: "GitLab, GitHub, Azure DevOps",
  host_wikijs: "Wiki.js",
  host_html: "Une page HTML",
  folder: "Adresse du dossier où dealcast est servi",
  snippet: "Texte pour la page",
  copy_snippet: "Copier le texte",
  settings_all:
    "Le serveur web de ce dossier doit autoriser le wiki à l'encadrer : en-tête « {header} » avec l'adresse du wiki, et aucun « X-Frame-Options ». Les lecteurs ne peuvent rien y enregistrer.",
  settings_confluence_cloud:
    "Un administrateur installe une application HTML ou iframe de la place de marché et y autorise l'adresse du dossier. Les applications qui n'acceptent que du HTML collé : y coller le fichier dealcast.html entier ; si leur politique refuse WebAssembly, dealcast-compat.html.",
  settings_confluence_dc:
    "La macro HTML est souvent désactivée : un administrateur l'active dans « Gérer les applications », ou autorise l'adresse du dossier pour la macro iframe. Collez le texte dans cette macro.",
  settings_sharepoint:
    "Utilisez le composant WebPart Incorporer. Un administrateur du site ajoute le domaine du dossier dans « Sécurité des champs HTML ». Un fichier .html déposé dans une bibliothèque est téléchargé, pas affiché : servez le dossier depuis un serveur web.",
  settings_notion:
    "Tapez /embed et collez l'adresse. Notion n'affiche que des pages https publiques qui acceptent d'être encadrées.",
  settings_mediawiki:
    "Un administrateur installe l'extension Widgets. Une personne qui a le droit de modifier les widgets enregistre le texte sous Widget:Dealcast ; les pages utilisent ensuite {example}.",
  settings_gitlab:
    "Ces wikis n'affichent pas de cadres : placez le lien dans la page et, à côté, un instantané SVG ou le tableau d'un graphique en Markdown.",
  settings_wikijs:
    "Un administrateur désactive « Sanitize HTML » dans Administration, Rendu, Sécurité. Collez le texte dans une page avec l'éditeur HTML ou Markdown.",
  settings_html:
    "Si la page a une politique de sécurité, il lui faut « script-src » et « connect-src » pour l'adresse du dossier et {wasm}. Sur un autre hôte, le dossier doit envoyer « Access-Control-Allow-Origin ». Détails dans la page embed.html du dossier.",
  snapshot_explained:
    "La phrase, les graphiques et les hypothèses de cette vue tels quels, avec graine, version et date : pour les exports PDF, les courriels et les wikis sans cadres. Il nomme les affaires que ses graphiques nomment.",
  save_html: "Enregistrer en HTML",
  save_svg: "Enregistrer en SVG",
  copy_html: "Copier le HTML",
  copy_svg: "Copier le SVG",
};
