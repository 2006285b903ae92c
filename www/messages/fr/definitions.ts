import type { definitions as english } from "../en/definitions.js";

/** French names and explanations of every figure and assumption. */
export const definitions: typeof english = {
  symbols:
    "R : montant signé sur la période, déjà signé W₀ compris ; T : objectif ; wᵢ : l'affaire i est gagnée, avec la probabilité pᵢ ; Aᵢ : son montant ; eᵢ : son mois prévu ; Sᵢ : ses mois de retard ; de f à l : la période ; M : le facteur de marché ; Φ : la fonction de répartition normale ; n : tirages, ou affaires comptées.",
  prob_at_least_target_name: "Chances d'atteindre l'objectif",
  prob_at_least_target_meaning:
    "Part des issues possibles où le montant signé sur la période visée, déjà signé compris, atteint au moins l'objectif.",
  standard_error_name: "Erreur type de Monte-Carlo",
  standard_error_meaning:
    "Distance typique entre un chiffre simulé et celui que donnerait un nombre infini de tirages. Elle ne dit pas si les hypothèses sont justes. Les chiffres ont autant de décimales qu'elle le permet.",
  p10_name: "P10, le cas bas",
  p10_meaning:
    "Une issue sur dix finit à ce montant ou en dessous. C'est le 10e centile du résultat, donc le cas bas (certains métiers comptent dans l'autre sens).",
  p50_name: "P50, la médiane",
  p50_meaning:
    "La moitié des issues finit à ce montant ou en dessous, l'autre moitié au-dessus. Elle diffère de l'espérance quand les issues sont dissymétriques.",
  p90_name: "P90, le cas haut",
  p90_meaning: "Neuf issues sur dix finissent à ce montant ou en dessous.",
  mean_name: "Espérance",
  mean_meaning:
    "Moyenne de toutes les issues sur la période visée, déjà signé compris. La corrélation ne la change pas : elle change la fourchette autour.",
  sd_name: "Écart type",
  sd_meaning:
    "Distance typique d'une issue à l'espérance. Quand les affaires sont corrélées, elle ne fond pas à mesure que leur nombre augmente.",
  weighted_pipeline_name: "Pipeline pondéré",
  weighted_pipeline_meaning:
    "Somme, sur toutes les affaires ouvertes, du taux de signature par le montant moyen, quel que soit le mois de signature. Il ignore le glissement, la période et la fourchette : ce n'est pas une prévision du trimestre.",
  coverage_ratio_name: "Couverture du pipeline",
  coverage_ratio_meaning: "Pipeline ouvert, non pondéré, rapporté à ce qui manque pour atteindre l'objectif.",
  required_coverage_ratio_name: "Couverture nécessaire",
  required_coverage_ratio_meaning:
    "La couverture pour laquelle l'espérance atteint l'objectif, avec les taux de signature et les retards de ce pipeline. La comparer à la couverture en dit plus que l'habituelle règle des trois fois.",
  prob_zero_in_window_name: "Risque de ne rien signer de plus",
  prob_zero_in_window_meaning: "Probabilité qu'aucune affaire ouverte ne soit signée sur la période visée.",
  expected_gap_to_target_name: "Écart moyen à l'objectif",
  expected_gap_to_target_meaning:
    "Ce qui manque à l'objectif en moyenne sur toutes les issues, en comptant zéro quand il est atteint.",
  conditional_gap_if_missed_name: "Écart si manqué",
  conditional_gap_if_missed_meaning:
    "De combien l'objectif est manqué en moyenne, dans les issues qui le manquent.",
  lower_tail_mean_10pct_name: "Moyenne du pire dixième",
  lower_tail_mean_10pct_meaning:
    "Moyenne des dix pour cent d'issues les plus basses (« expected shortfall »).",
  engines_name: "Deux moteurs, une réponse",
  engines_meaning:
    "Le moteur exact calcule toute la distribution par convolution, affaire par affaire, pour chaque état du marché, puis pondère ces états. La simulation tire des issues au sort. Quand les deux s'appliquent, les chiffres exacts sont affichés et les simulés les vérifient : l'écart se compte en erreurs types, et au-delà de 4 il signalerait un problème. Les taux donnés par des comptages sont eux-mêmes incertains ; la simulation parle alors seule.",
  latent_correlation_name: "Corrélation des affaires",
  latent_correlation_meaning:
    "Les affaires partagent un facteur de marché M : quand il est bon, elles se gagnent ensemble, quand il est mauvais, elles se perdent ensemble. ρ est la corrélation des variables latentes derrière la signature, et non des signatures elles-mêmes. À 0, les affaires sont indépendantes et la fourchette est trop étroite pour être vraie ; 0,10 est la valeur par défaut, de 0,05 à 0,25 l'usage.",
  slippage_name: "Glissement",
  slippage_meaning:
    "Nombre de mois entiers de retard d'une signature, jamais d'avance. Avec un risque q de glisser chaque mois, le retard moyen est de q/(1−q) mois. Une affaire qui glisse hors de la période n'est pas perdue : elle compte plus tard.",
  slippage_factor_loading_name: "Les retards suivent le marché",
  slippage_factor_loading_meaning:
    "Force du lien entre les retards et le facteur de marché : quand le marché est mauvais, les affaires se perdent, et celles qui restent tardent.",
  amount_range_name: "Fourchette d'un montant",
  amount_range_meaning:
    "Un montant simple venu du CRM représente une loi PERT : ce montant est la valeur la plus probable, le bas et le haut sont donnés en pourcentage.",
  win_rate_name: "Taux de signature",
  win_rate_meaning:
    "Part des affaires entrées dans l'étape qui ont fini par être gagnées, toutes affaires closes comprises. Donné par un comptage, w gagnées sur n closes, il est incertain : chaque tirage le tire de sa loi a posteriori, et 3 sur 5 en dit moins que 300 sur 500.",
  meddic_name: "Ajustement MEDDIC",
  meddic_meaning:
    "Chacune des six réponses déplace la cote du taux de l'étape : oui la multiplie par la racine du multiplicateur du critère, non la divise par cette racine, inconnu la laisse. Le produit est plafonné. Les multiplicateurs sont une hypothèse tant qu'ils ne sont pas ajustés aux affaires closes : non calibrés.",
  qualification_gate_name: "Seuil de qualification",
  qualification_gate_meaning:
    "À partir de l'étape choisie, une affaire dont le score MEDDIC est inférieur au minimum prend le taux de signature de l'étape précédente.",
  kill_rule_name: "Règle d'abandon",
  kill_rule_meaning:
    "Une affaire dont le score est inférieur au minimum et qui est ouverte depuis plus longtemps que la limite compte comme perdue.",
  deal_swing_interventional_name: "Poids d'une affaire sur l'objectif",
  deal_swing_interventional_meaning:
    "Ce que l'affaire elle-même apporte à l'objectif : les chances de l'atteindre si elle est signée sur la période, moins ces chances si elle ne l'est pas, les autres affaires restant ce qu'elles sont.",
  deal_swing_conditional_name: "Écart à l'annonce",
  deal_swing_conditional_meaning:
    "Écart des chances selon que l'on apprend la signature ou la perte de l'affaire. Il dépasse le poids propre de l'affaire, car la nouvelle renseigne aussi sur le marché.",
  deal_variance_share_name: "Part de l'incertitude",
  deal_variance_share_meaning: "Part de la variance du total qui vient de l'affaire. Les parts somment à un.",
  fan_name: "Éventail par mois",
  fan_meaning:
    "Pour chaque mois pris à part, la fourchette de ce qui est signé jusque-là. Ses bords ne sont pas des trajectoires : aucune issue ne les suit.",
  categories_name: "Catégories de prévision",
  categories_meaning:
    "Somme des affaires que l'équipe a rangées dans chaque catégorie et qu'elle attend sur la période, pour comparer la prévision jugée à la fourchette calculée.",
  goal_seek_name: "Valeur cible",
  goal_seek_meaning:
    "De combien la cote de chaque affaire devrait monter, toutes de la même façon, pour que les chances d'atteindre l'objectif soient celles visées.",
  seed_name: "Graine",
  seed_meaning:
    "Nombre dont découlent tous les tirages. Ceux d'une affaire ne dépendent que de lui et de l'identifiant de l'affaire : changer une affaire laisse aux autres leur hasard.",
};
