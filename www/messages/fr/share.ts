import type { share as english } from "../en/share.js";

/** French words of sharing: links, embedding. */
export const share: typeof english = {
  share: "Partager",
  title: "Partager ce scénario",
  link: "Lien",
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
  readonly: "Lecture seule : jouez avec les chiffres, rien n'est enregistré.",
  readonly_reset: "Revenir à l'original",
  embed: "Intégrer",
};
