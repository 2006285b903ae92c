import type { definitions as english } from "../en/definitions.js";

/** French names and explanations of every figure and assumption. */
export const definitions: typeof english = {
  symbols:
    "R : montant signé sur la période, déjà signé W₀ compris ; T : objectif ; wᵢ : l'affaire i est gagnée, avec la probabilité pᵢ ; Aᵢ : son montant ; eᵢ : son mois prévu ; Sᵢ : ses mois de retard ; de f à l : la période ; M : le facteur de marché ; Φ : la fonction de répartition normale ; n : tirages, ou affaires comptées.",
  symbols_partners:
    "CF_t : trésorerie du mois t, C_t cumulée ; H : horizon ; R : taux d'actualisation annuel ; d : affaires par mois au rythme établi, f : mois de la première ; V : affaire moyenne, ρ : marge de revente, g : taux de renouvellement ; s : part des affaires avec services, S : leur chiffre d'affaires, μ : sa marge ; q : part des partenaires capables de vendre, m : médiane des mois jusqu'à la première affaire, ψ : réduction par le plan de démarrage, τ : règle d'arrêt, T : mois jusqu'à la première affaire ; n : tirages.",
  symbols_growth:
    "ARR_t : revenu récurrent annuel à la fin du mois t ; A_{k,a} : celui de la cohorte k à l'âge a ; h : churn, E : churn précoce, e : expansion, c : contraction, par mois ; S, G : ce qui reste des clients et du revenu d'un client présent ; ν : nouveaux clients, a : ARR de l'un d'eux, GM : marge brute, S&M : coût de vente et de marketing ; G : objectif, H : horizon ; r : taux d'actualisation mensuel. L : leads, f : part traitée à temps, η : conversion relative des tardifs, ℓ : délai, c₁ à c₃ : taux de conversion, D : demande ; w : taux de signature, V : affaire moyenne, K : mois d'ouverture ; λ : flux entrant ; h_w, h_l : heures d'une affaire gagnée et d'une perdue, B : opportunités en attente, δ : leur perte mensuelle ; n : tirages, ou affaires ouvertes dans la vélocité.",
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
  new_deals_name: "Nouvelles affaires de la machine commerciale",
  new_deals_meaning:
    "Revenu signé pendant les mois de l'objectif sur les opportunités que la machine commerciale prend en charge après aujourd'hui (s : mois de prise en charge, K : mois jusqu'à la signature, d : affaire). Il s'ajoute aux affaires de la liste tirage par tirage, depuis la simulation de la machine, et ne suit pas le facteur de marché. La valeur attendue prend chaque hypothèse à sa moyenne.",
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
  partner_payback_name: "Mois de retour",
  partner_payback_meaning:
    "Premier mois à partir duquel la trésorerie cumulée reste positive ou nulle jusqu'à l'horizon. Un plan qui touche zéro puis retombe n'est pas rentabilisé. Le mois de la phrase est celui de la trésorerie attendue, chaque hypothèse à sa moyenne.",
  partner_prob_payback_name: "Probabilité d'être rentabilisé",
  partner_prob_payback_meaning:
    "Part des issues où la trésorerie cumulée reste positive ou nulle à partir du mois.",
  partner_peak_name: "Trésorerie à avancer",
  partner_peak_meaning:
    "Point le plus bas de la trésorerie cumulée : ce qu'il faut trouver avant que le plan se porte lui-même. Le cas haut est dépassé dans une issue sur dix.",
  partner_npv_name: "Valeur actuelle nette",
  partner_npv_meaning:
    "Trésorerie de chaque mois ramenée à aujourd'hui ; le mois 0 n'est pas actualisé. P10, P50 et P90 : une, cinq et neuf issues sur dix finissent à ce niveau ou plus bas.",
  partner_net_cash_name: "Trésorerie nette",
  partner_net_cash_meaning:
    "Tout ce qui entre moins tout ce qui sort jusqu'à l'horizon, sans actualisation. Attendue : chaque hypothèse à sa moyenne, les affaires à leur nombre attendu.",
  partner_roi_name: "Retour sur investissement",
  partner_roi_meaning:
    "Trésorerie nette rapportée à l'investissement, sans actualisation. Investissement du revendeur : départ, équipe, marketing et certification. De l'éditeur : toutes les dépenses du programme, fonds de développement compris.",
  partner_irr_name: "Taux de rendement interne",
  partner_irr_meaning:
    "Taux d'actualisation auquel le plan ne vaut rien. Donné seulement s'il est à coup sûr le seul.",
  partner_first_margin_name: "Marge d'une nouvelle affaire",
  partner_first_margin_meaning:
    "Ce que laisse une nouvelle affaire : marge de revente, plus marge de services fois la part des affaires avec services ; avant commission.",
  partner_break_even_name: "Seuil de rentabilité",
  partner_break_even_meaning:
    "Affaires par mois au rythme établi pour lesquelles la trésorerie cumulée à l'horizon est nulle.",
  partner_cash_fan_name: "Éventail de la trésorerie cumulée",
  partner_cash_fan_meaning:
    "Pour chaque mois pris seul, l'étendue de ce qui est payé et encaissé jusque-là. Les bords ne sont pas des trajectoires : aucune issue ne les suit.",
  partner_margin_sources_name: "Marge par origine",
  partner_margin_sources_meaning:
    "Revente de nouveaux contrats, services vendus avec, renouvellements 12, 24, … mois plus tard ; à l'encaissement, commission déduite.",
  partner_years_name: "Compte de résultat par année",
  partner_years_meaning:
    "Le chiffre d'affaires compte à la signature, tout le reste quand l'argent circule, de sorte que marges, fonds et coûts font la trésorerie de l'année. L'année un comprend le départ.",
  partner_tornado_name: "Sensibilité",
  partner_tornado_meaning:
    "Chaque hypothèse incertaine va seule de son cas bas à son cas haut, les autres restent à leur moyenne. La plus large d'abord. Les parts de variance les font varier toutes ensemble (f : VAN ; A et B : deux tirages indépendants de toutes les hypothèses ; A_Bⁱ : A avec la i-ième de B).",
  partner_both_sides_name: "Qui y gagne",
  partner_both_sides_meaning:
    "Les deux côtés sont tirés des mêmes partenaires simulés : qui signe, quand vient la première affaire, si elle vient, combien suivent. Le partenaire est le premier signé, ses coûts et marges sont ceux du plan du revendeur. Un côté y gagne quand sa valeur actuelle nette est positive.",
  partner_margin_split_name: "Le partage de la marge",
  partner_margin_split_meaning:
    "La marge de revente du partenaire est la remise de l'éditeur. Les deux côtés en valeurs attendues quand elle varie, tout le reste à sa moyenne.",
  partner_formula_name: "La formule du recruteur",
  partner_formula_meaning:
    "Partenaires éligibles fois taux de signature fois part active après six mois, face au coût du recrutement : candidats, signatures, démarrage, soutien avant la première affaire, échecs.",
  partner_failed_cost_name: "Coût d'un partenaire en échec",
  partner_failed_cost_meaning:
    "Tout ce qui a été dépensé pour un partenaire sans affaire : signature, démarrage, soutien jusqu'à la règle d'arrêt ou l'horizon, et surcoût de l'échec. Le guide parle de 15 à 70 k€ : la durée de l'attente explique l'écart.",
  partner_silent_name: "Un partenaire silencieux",
  partner_silent_meaning:
    "Parmi les partenaires sans affaire après quelques mois, la part de ceux qui savent vendre et sont seulement lents. Elle baisse à chaque mois de silence, plus vite avec un plan de démarrage.",
  partner_stop_rule_name: "Règle d'arrêt",
  partner_stop_rule_meaning:
    "S'il y a place pour d'autres partenaires : l'âge auquel se séparer des silencieux donne le plus de valeur au programme, cherché en les essayant tous. Si les places suivies sont comptées : l'âge qui rapporte le plus par mois de place, κ étant le coût d'acquisition d'un partenaire rapporté à la valeur d'un actif.",
  growth_arr_name: "Revenu récurrent annuel (ARR)",
  growth_arr_meaning:
    "Ce que les clients paient par an, à la fin du mois. Chaque cohorte de nouveaux clients diminue avec ceux qui partent et croît avec l'expansion de ceux qui restent ; les parts s'additionnent exactement.",
  growth_goal_month_name: "Mois où l'objectif est atteint",
  growth_goal_month_meaning: "Premier mois à la fin duquel l'ARR attendu est à l'objectif ou au-dessus.",
  growth_goal_chance_name: "Chances d'atteindre l'objectif",
  growth_goal_chance_meaning: "Part des issues simulées où l'ARR a été à l'objectif ou au-dessus d'ici là.",
  growth_multiplier_name: "Nouveaux clients que demande l'objectif",
  growth_multiplier_meaning:
    "Facteur sur toute la trajectoire des nouveaux clients avec lequel l'ARR attendu est exactement l'objectif à l'horizon : l'ARR en est une fonction affine.",
  growth_bridge_name: "Ce qui fait bouger l'ARR",
  growth_bridge_meaning:
    "Chaque mois, des clients partent d'abord, puis ceux qui restent se développent ou se contractent, puis de nouveaux arrivent.",
  growth_layers_name: "ARR par année d'acquisition",
  growth_layers_meaning:
    "Revenu récurrent des clients venus chaque année, à mesure qu'ils partent et se développent.",
  growth_retention_name: "Rétention d'une cohorte",
  growth_retention_meaning:
    "Part des clients d'une nouvelle cohorte, et de son revenu, qui reste à chaque âge. Le churn précoce est réparti sur les trois premiers mois.",
  growth_nrr_name: "Rétention nette du revenu (NRR)",
  growth_nrr_meaning:
    "Trois lectures souvent confondues. Sur douze mois : l'ARR d'aujourd'hui des clients d'il y a un an, sur le leur d'alors ; une base mûre, sans jeunes clients ; et la première année des nouveaux, churn précoce compris.",
  growth_grr_name: "Rétention brute du revenu (GRR)",
  growth_grr_meaning: "Comme la NRR sur douze mois, mais sans expansion : jamais plus de 100 %.",
  growth_logo_name: "Clients gardés",
  growth_logo_meaning: "Des clients, quoi qu'ils paient.",
  growth_cac_name: "Coût d'acquisition d'un client (CAC)",
  growth_cac_meaning:
    "Tout le coût de vente et de marketing sur l'horizon, divisé par tous les nouveaux clients.",
  growth_payback_simple_name: "Remboursement du CAC, simple",
  growth_payback_simple_meaning:
    "Mois de marge brute qui paient l'acquisition, comme si aucun client ne partait.",
  growth_payback_survival_name: "Remboursement du CAC, départs compris",
  growth_payback_survival_meaning:
    "Mois nécessaires pour que les marges d'une cohorte, réduites par les départs et accrues par l'expansion, couvrent son coût d'acquisition ; interpolés dans le mois.",
  growth_ltv_simple_name: "Valeur vie client, simple",
  growth_ltv_simple_meaning:
    "La formule courte habituelle : marge mensuelle sur churn mensuel. Elle ignore le churn précoce, l'expansion et l'intérêt.",
  growth_ltv_name: "Valeur vie client (LTV)",
  growth_ltv_meaning:
    "Marges actualisées d'un nouveau client : sur cinq ans, et sans fin. La seconde n'existe pas quand le revenu de ceux qui restent croît plus vite que ne l'entament churn et intérêt, comme avec une NRR de plus de 110 % à 10 % d'intérêt ; la valeur sur cinq ans existe toujours.",
  growth_magic_name: "Magic number",
  growth_magic_meaning:
    "Deux définitions : quatre fois la hausse du revenu trimestriel, ou le nouvel ARR net, sur le coût de vente et de marketing du trimestre précédent. Au-dessus de 0,75, on le dit d'ordinaire efficace.",
  growth_burn_name: "Burn multiple",
  growth_burn_meaning:
    "Trésorerie consommée pour chaque unité de nouvel ARR net : moins de 1 excellent, 1 à 1,5 très bon, 1,5 à 2 bon, 2 à 3 suspect, plus de 3 mauvais.",
  growth_quick_name: "Quick ratio",
  growth_quick_meaning:
    "Revenu récurrent gagné pour chaque unité perdue. Au-dessus de 4, on le dit d'ordinaire sain.",
  growth_wins_name: "Signatures",
  growth_wins_meaning:
    "Affaires signées dans les mois qui comptent. Si l'équipe prend toutes les opportunités et que les taux sont connus, leur nombre suit exactement une loi de Poisson ; sinon il est simulé, affaire par affaire.",
  growth_bookings_name: "Montant signé",
  growth_bookings_meaning: "Chiffre d'affaires des affaires signées dans le mois.",
  growth_funnel_name: "Entonnoir",
  growth_funnel_meaning:
    "Les leads traités tard ne gardent qu'une part de la conversion usuelle ; le reste devient MQL, SQL, puis opportunité, quelques mois plus tard.",
  growth_open_name: "Pipeline ouvert",
  growth_open_meaning:
    "Opportunités ni gagnées ni perdues encore. Une fois la situation établie, leur nombre est le flux entrant fois la durée moyenne d'ouverture (loi de Little).",
  growth_velocity_name: "Vélocité du pipeline",
  growth_velocity_meaning:
    "Affaires ouvertes fois taux de signature fois montant, sur le cycle. Comme le nombre d'affaires ouvertes est lui-même le flux fois le cycle, la vélocité est le chiffre établi par jour et le cycle s'élimine : plus court, il ne l'augmente que si l'équipe peut alors en traiter plus.",
  growth_capacity_name: "Capacité, et ce qui limite",
  growth_capacity_meaning:
    "L'équipe prend autant d'opportunités que ses heures de vente le permettent ; les autres attendent, et certaines se perdent. Si le flux limite, le chiffre suit le taux de signature fois le flux ; si l'équipe limite, le taux de signature sur les heures par opportunité.",
  growth_lost_time_name: "Temps sur les affaires perdues",
  growth_lost_time_meaning: "Part des heures de vente qui va à des opportunités perdues.",
  compare_shapley_name: "Contribution d'un levier",
  compare_shapley_meaning:
    "Les leviers s'aident ou se gênent : ce que l'un apporte dépend de ceux déjà actionnés. La contribution est son effet moyen sur tous les ordres possibles ; les contributions s'additionnent à l'écart total. Jusqu'à huit leviers, toutes les combinaisons sont simulées ; au-delà, un échantillon d'ordres.",
  compare_tornado_name: "De quoi cela dépend",
  compare_tornado_meaning:
    "Chaque hypothèse varie seule de son bas à son haut, sur les mêmes tirages. Une hypothèse incertaine va de son propre P10 à son propre P90 ; une valeur unique varie d'une amplitude indiquée.",
  compare_sobol_name: "Part de la variance",
  compare_sobol_meaning:
    "Ce qu'une hypothèse incertaine explique de la dispersion du résultat : à elle seule, et avec ses interactions. Le hasard est tout ce qui est tiré sans être une hypothèse.",
  compare_goal_name: "Ce qu'il faudrait",
  compare_goal_meaning:
    "La plus petite valeur d'une hypothèse à laquelle le résultat atteint ce qui est visé, sur les mêmes tirages. Son erreur est celle du résultat, divisée par la vitesse à laquelle il bouge.",
  compare_common_name: "Mêmes tirages pour tous",
  compare_common_meaning:
    "Tous les scénarios sont simulés avec les mêmes tirages : à chaque essai, la même chance pour chaque plan. Ce qui diffère vient des leviers, et l'erreur d'un écart est bien plus petite que celle de ses deux côtés. Un plan fait mieux que la base dans un tirage quand son résultat est meilleur ; les égalités comptent pour moitié.",
  growth_change_name: "Quand un changement se voit",
  growth_change_meaning:
    "Premier mois à partir duquel le montant signé a fait les neuf dixièmes du chemin de l'ancien niveau établi au nouveau. De vieilles affaires lentes et de nouvelles rapides peuvent se conclure ensemble en chemin.",
  seed_name: "Graine",
  seed_meaning:
    "Nombre dont découlent tous les tirages. Ceux d'une affaire ne dépendent que de lui et de l'identifiant de l'affaire : changer une affaire laisse aux autres leur hasard.",
};
