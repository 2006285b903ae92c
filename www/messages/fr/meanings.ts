import type { meanings as english } from "../en/meanings.js";

/** French explanations of every figure and assumption, and of the signs in their formulas. */
export const meanings: typeof english = {
  symbols:
    "R : montant signé sur la période, déjà signé W₀ compris ; T : objectif ; wᵢ : l'affaire i est gagnée, avec la probabilité pᵢ ; Aᵢ : son montant ; eᵢ : son mois prévu ; Sᵢ : ses mois de retard ; de f à l : la période ; M : le facteur de marché ; Φ : la fonction de répartition normale ; n : tirages, ou affaires comptées.",
  symbols_partners:
    "CF_t : trésorerie du mois t, C_t cumulée ; H : horizon ; R : taux d'actualisation annuel ; d : affaires par mois au rythme établi, f : mois de la première ; V : affaire moyenne, ρ : marge de revente, g : taux de renouvellement ; s : part des affaires avec services, S : leur chiffre d'affaires, μ : sa marge ; q : part des partenaires capables de vendre, m : médiane des mois jusqu'à la première affaire, ψ : réduction par le plan de démarrage, τ : règle d'arrêt, T : mois jusqu'à la première affaire ; n : tirages.",
  symbols_growth:
    "ARR_t : revenu récurrent annuel à la fin du mois t ; A_{k,a} : celui de la cohorte k à l'âge a ; h : churn, E : churn précoce, e : expansion, c : contraction, par mois ; S, G : ce qui reste des clients et du revenu d'un client présent ; ν : nouveaux clients, a : ARR de l'un d'eux, GM : marge brute, S&M : coût de vente et de marketing ; G : objectif, H : horizon ; r : taux d'actualisation mensuel. L : leads, f : part traitée à temps, η : conversion relative des tardifs, ℓ : délai, c₁ à c₃ : taux de conversion, D : demande ; w : taux de signature, V : affaire moyenne, K : mois d'ouverture ; λ : flux entrant ; h_w, h_l : heures d'une affaire gagnée et d'une perdue, B : opportunités en attente, δ : leur perte mensuelle ; n : tirages, ou affaires ouvertes dans la vélocité.",
  prob_at_least_target:
    "Part des issues possibles où le montant signé sur la période visée, déjà signé compris, atteint au moins l'objectif.",
  standard_error:
    "Distance typique entre un chiffre simulé et celui que donnerait un nombre infini de tirages. Elle ne dit pas si les hypothèses sont justes. Les chiffres ont autant de décimales qu'elle le permet.",
  p10: "Une issue sur dix finit à ce montant ou en dessous. C'est le 10e centile du résultat, donc le cas bas (certains métiers comptent dans l'autre sens).",
  p50: "La moitié des issues finit à ce montant ou en dessous, l'autre moitié au-dessus. Elle diffère de l'espérance quand les issues sont dissymétriques.",
  p90: "Neuf issues sur dix finissent à ce montant ou en dessous.",
  mean: "Moyenne de toutes les issues sur la période visée, déjà signé compris. La corrélation ne la change pas : elle change la fourchette autour.",
  sd: "Distance typique d'une issue à l'espérance. Quand les affaires sont corrélées, elle ne fond pas à mesure que leur nombre augmente.",
  new_deals:
    "Revenu signé pendant les mois de l'objectif sur les opportunités que la machine commerciale prend en charge après aujourd'hui (s : mois de prise en charge, K : mois jusqu'à la signature, d : affaire). Il s'ajoute aux affaires de la liste tirage par tirage, depuis la simulation de la machine, et ne suit pas le facteur de marché. La valeur attendue prend chaque hypothèse à sa moyenne.",
  weighted_pipeline:
    "Somme, sur toutes les affaires ouvertes, du taux de signature par le montant moyen, quel que soit le mois de signature. Il ignore le glissement, la période et la fourchette : ce n'est pas une prévision du trimestre.",
  coverage_ratio: "Pipeline ouvert, non pondéré, rapporté à ce qui manque pour atteindre l'objectif.",
  required_coverage_ratio:
    "La couverture pour laquelle l'espérance atteint l'objectif, avec les taux de signature et les retards de ce pipeline. La comparer à la couverture en dit plus que l'habituelle règle des trois fois.",
  prob_zero_in_window: "Probabilité qu'aucune affaire ouverte ne soit signée sur la période visée.",
  expected_gap_to_target:
    "Ce qui manque à l'objectif en moyenne sur toutes les issues, en comptant zéro quand il est atteint.",
  conditional_gap_if_missed: "De combien l'objectif est manqué en moyenne, dans les issues qui le manquent.",
  lower_tail_mean_10pct: "Moyenne des dix pour cent d'issues les plus basses (« expected shortfall »).",
  engines:
    "Le moteur exact calcule toute la distribution par convolution, affaire par affaire, pour chaque état du marché, puis pondère ces états. La simulation tire des issues au sort. Quand les deux s'appliquent, les chiffres exacts sont affichés et les simulés les vérifient : l'écart se compte en erreurs types, et au-delà de 4 il signalerait un problème. Les taux donnés par des comptages sont eux-mêmes incertains ; la simulation parle alors seule.",
  latent_correlation:
    "Les affaires partagent un facteur de marché M : quand il est bon, elles se gagnent ensemble, quand il est mauvais, elles se perdent ensemble. ρ est la corrélation des variables latentes derrière la signature, et non des signatures elles-mêmes. À 0, les affaires sont indépendantes et la fourchette est trop étroite pour être vraie ; 0,10 est la valeur par défaut, de 0,05 à 0,25 l'usage.",
  slippage:
    "Nombre de mois entiers de retard d'une signature, jamais d'avance. Avec un risque q de glisser chaque mois, le retard moyen est de q/(1−q) mois. Une affaire qui glisse hors de la période n'est pas perdue : elle compte plus tard.",
  slippage_factor_loading:
    "Force du lien entre les retards et le facteur de marché : quand le marché est mauvais, les affaires se perdent, et celles qui restent tardent.",
  amount_range:
    "Un montant simple venu du CRM représente une loi PERT : ce montant est la valeur la plus probable, le bas et le haut sont donnés en pourcentage.",
  win_rate:
    "Part des affaires entrées dans l'étape qui ont fini par être gagnées, toutes affaires closes comprises. Donné par un comptage, w gagnées sur n closes, il est incertain : chaque tirage le tire de sa loi a posteriori, et 3 sur 5 en dit moins que 300 sur 500.",
  meddic:
    "Chacune des six réponses déplace la cote du taux de l'étape : oui la multiplie par la racine du multiplicateur du critère, non la divise par cette racine, inconnu la laisse. Le produit est plafonné. Les multiplicateurs sont une hypothèse tant qu'ils ne sont pas ajustés aux affaires closes : non calibrés.",
  qualification_gate:
    "À partir de l'étape choisie, une affaire dont le score MEDDIC est inférieur au minimum prend le taux de signature de l'étape précédente.",
  kill_rule:
    "Une affaire dont le score est inférieur au minimum et qui est ouverte depuis plus longtemps que la limite compte comme perdue.",
  deal_swing_interventional:
    "Ce que l'affaire elle-même apporte à l'objectif : les chances de l'atteindre si elle est signée sur la période, moins ces chances si elle ne l'est pas, les autres affaires restant ce qu'elles sont.",
  deal_swing_conditional:
    "Écart des chances selon que l'on apprend la signature ou la perte de l'affaire. Il dépasse le poids propre de l'affaire, car la nouvelle renseigne aussi sur le marché.",
  deal_variance_share: "Part de la variance du total qui vient de l'affaire. Les parts somment à un.",
  fan: "Pour chaque mois pris à part, la fourchette de ce qui est signé jusque-là. Ses bords ne sont pas des trajectoires : aucune issue ne les suit.",
  categories:
    "Somme des affaires que l'équipe a rangées dans chaque catégorie et qu'elle attend sur la période, pour comparer la prévision jugée à la fourchette calculée.",
  goal_seek:
    "De combien la cote de chaque affaire devrait monter, toutes de la même façon, pour que les chances d'atteindre l'objectif soient celles visées.",
  partner_payback:
    "Premier mois à partir duquel la trésorerie cumulée reste positive ou nulle jusqu'à l'horizon. Un plan qui touche zéro puis retombe n'est pas rentabilisé. Le mois de la phrase est celui de la trésorerie attendue, chaque hypothèse à sa moyenne.",
  partner_prob_payback: "Part des issues où la trésorerie cumulée reste positive ou nulle à partir du mois.",
  partner_peak:
    "Point le plus bas de la trésorerie cumulée : ce qu'il faut trouver avant que le plan se porte lui-même. Le cas haut est dépassé dans une issue sur dix.",
  partner_npv:
    "Trésorerie de chaque mois ramenée à aujourd'hui ; le mois 0 n'est pas actualisé. P10, P50 et P90 : une, cinq et neuf issues sur dix finissent à ce niveau ou plus bas.",
  partner_net_cash:
    "Tout ce qui entre moins tout ce qui sort jusqu'à l'horizon, sans actualisation. Attendue : chaque hypothèse à sa moyenne, les affaires à leur nombre attendu.",
  partner_roi:
    "Trésorerie nette rapportée à l'investissement, sans actualisation. Investissement du revendeur : départ, équipe, marketing et certification. De l'éditeur : toutes les dépenses du programme, fonds de développement compris.",
  partner_irr:
    "Taux d'actualisation auquel le plan ne vaut rien. Donné seulement s'il est à coup sûr le seul.",
  partner_first_margin:
    "Ce que laisse une nouvelle affaire : marge de revente, plus marge de services fois la part des affaires avec services ; avant commission.",
  partner_break_even:
    "Affaires par mois au rythme établi pour lesquelles la trésorerie cumulée à l'horizon est nulle.",
  partner_cash_fan:
    "Pour chaque mois pris seul, l'étendue de ce qui est payé et encaissé jusque-là. Les bords ne sont pas des trajectoires : aucune issue ne les suit.",
  partner_margin_sources:
    "Revente de nouveaux contrats, services vendus avec, renouvellements 12, 24, … mois plus tard ; à l'encaissement, commission déduite.",
  partner_years:
    "Le chiffre d'affaires compte à la signature, tout le reste quand l'argent circule, de sorte que marges, fonds et coûts font la trésorerie de l'année. L'année un comprend le départ.",
  partner_tornado:
    "Chaque hypothèse incertaine va seule de son cas bas à son cas haut, les autres restent à leur moyenne. La plus large d'abord. Les parts de variance les font varier toutes ensemble (f : VAN ; A et B : deux tirages indépendants de toutes les hypothèses ; A_Bⁱ : A avec la i-ième de B).",
  partner_both_sides:
    "Les deux côtés sont tirés des mêmes partenaires simulés : qui signe, quand vient la première affaire, si elle vient, combien suivent. Le partenaire est le premier signé, ses coûts et marges sont ceux du plan du revendeur. Un côté y gagne quand sa valeur actuelle nette est positive.",
  partner_margin_split:
    "La marge de revente du partenaire est la remise de l'éditeur. Les deux côtés en valeurs attendues quand elle varie, tout le reste à sa moyenne.",
  partner_formula:
    "Partenaires éligibles fois taux de signature fois part active après six mois, face au coût du recrutement : candidats, signatures, démarrage, soutien avant la première affaire, échecs.",
  partner_failed_cost:
    "Tout ce qui a été dépensé pour un partenaire sans affaire : signature, démarrage, soutien jusqu'à la règle d'arrêt ou l'horizon, et surcoût de l'échec. Le guide parle de 15 à 70 k€ : la durée de l'attente explique l'écart.",
  partner_silent:
    "Parmi les partenaires sans affaire après quelques mois, la part de ceux qui savent vendre et sont seulement lents. Elle baisse à chaque mois de silence, plus vite avec un plan de démarrage.",
  partner_stop_rule:
    "S'il y a place pour d'autres partenaires : l'âge auquel se séparer des silencieux donne le plus de valeur au programme, cherché en les essayant tous. Si les places suivies sont comptées : l'âge qui rapporte le plus par mois de place, κ étant le coût d'acquisition d'un partenaire rapporté à la valeur d'un actif.",
  growth_arr:
    "Ce que les clients paient par an, à la fin du mois. Chaque cohorte de nouveaux clients diminue avec ceux qui partent et croît avec l'expansion de ceux qui restent ; les parts s'additionnent exactement.",
  growth_goal_month: "Premier mois à la fin duquel l'ARR attendu est à l'objectif ou au-dessus.",
  growth_goal_chance: "Part des issues simulées où l'ARR a été à l'objectif ou au-dessus d'ici là.",
  growth_multiplier:
    "Facteur sur toute la trajectoire des nouveaux clients avec lequel l'ARR attendu est exactement l'objectif à l'horizon : l'ARR en est une fonction affine.",
  growth_bridge:
    "Chaque mois, des clients partent d'abord, puis ceux qui restent se développent ou se contractent, puis de nouveaux arrivent.",
  growth_layers:
    "Revenu récurrent des clients venus chaque année, à mesure qu'ils partent et se développent.",
  growth_retention:
    "Part des clients d'une nouvelle cohorte, et de son revenu, qui reste à chaque âge. Le churn précoce est réparti sur les trois premiers mois.",
  growth_nrr:
    "Trois lectures souvent confondues. Sur douze mois : l'ARR d'aujourd'hui des clients d'il y a un an, sur le leur d'alors ; une base mûre, sans jeunes clients ; et la première année des nouveaux, churn précoce compris.",
  growth_grr: "Comme la NRR sur douze mois, mais sans expansion : jamais plus de 100 %.",
  growth_logo: "Des clients, quoi qu'ils paient.",
  growth_cac: "Tout le coût de vente et de marketing sur l'horizon, divisé par tous les nouveaux clients.",
  growth_payback_simple: "Mois de marge brute qui paient l'acquisition, comme si aucun client ne partait.",
  growth_payback_survival:
    "Mois nécessaires pour que les marges d'une cohorte, réduites par les départs et accrues par l'expansion, couvrent son coût d'acquisition ; interpolés dans le mois.",
  growth_ltv_simple:
    "La formule courte habituelle : marge mensuelle sur churn mensuel. Elle ignore le churn précoce, l'expansion et l'intérêt.",
  growth_ltv:
    "Marges actualisées d'un nouveau client : sur cinq ans, et sans fin. La seconde n'existe pas quand le revenu de ceux qui restent croît plus vite que ne l'entament churn et intérêt, comme avec une NRR de plus de 110 % à 10 % d'intérêt ; la valeur sur cinq ans existe toujours.",
  growth_magic:
    "Deux définitions : quatre fois la hausse du revenu trimestriel, ou le nouvel ARR net, sur le coût de vente et de marketing du trimestre précédent. Au-dessus de 0,75, on le dit d'ordinaire efficace.",
  growth_burn:
    "Trésorerie consommée pour chaque unité de nouvel ARR net : moins de 1 excellent, 1 à 1,5 très bon, 1,5 à 2 bon, 2 à 3 suspect, plus de 3 mauvais.",
  growth_quick:
    "Revenu récurrent gagné pour chaque unité perdue. Au-dessus de 4, on le dit d'ordinaire sain.",
  growth_wins:
    "Affaires signées dans les mois qui comptent. Si l'équipe prend toutes les opportunités et que les taux sont connus, leur nombre suit exactement une loi de Poisson ; sinon il est simulé, affaire par affaire.",
  growth_bookings: "Chiffre d'affaires des affaires signées dans le mois.",
  growth_funnel:
    "Les leads traités tard ne gardent qu'une part de la conversion usuelle ; le reste devient MQL, SQL, puis opportunité, quelques mois plus tard.",
  growth_open:
    "Opportunités ni gagnées ni perdues encore. Une fois la situation établie, leur nombre est le flux entrant fois la durée moyenne d'ouverture (loi de Little).",
  growth_velocity:
    "Affaires ouvertes fois taux de signature fois montant, sur le cycle. Comme le nombre d'affaires ouvertes est lui-même le flux fois le cycle, la vélocité est le chiffre établi par jour et le cycle s'élimine : plus court, il ne l'augmente que si l'équipe peut alors en traiter plus.",
  growth_capacity:
    "L'équipe prend autant d'opportunités que ses heures de vente le permettent ; les autres attendent, et certaines se perdent. Si le flux limite, le chiffre suit le taux de signature fois le flux ; si l'équipe limite, le taux de signature sur les heures par opportunité.",
  growth_lost_time: "Part des heures de vente qui va à des opportunités perdues.",
  compare_shapley:
    "Les leviers s'aident ou se gênent : ce que l'un apporte dépend de ceux déjà actionnés. La contribution est son effet moyen sur tous les ordres possibles ; les contributions s'additionnent à l'écart total. Jusqu'à huit leviers, toutes les combinaisons sont simulées ; au-delà, un échantillon d'ordres.",
  compare_tornado:
    "Chaque hypothèse varie seule de son bas à son haut, sur les mêmes tirages. Une hypothèse incertaine va de son propre P10 à son propre P90 ; une valeur unique varie d'une amplitude indiquée.",
  compare_sobol:
    "Ce qu'une hypothèse incertaine explique de la dispersion du résultat : à elle seule, et avec ses interactions. Le hasard est tout ce qui est tiré sans être une hypothèse.",
  compare_goal:
    "La plus petite valeur d'une hypothèse à laquelle le résultat atteint ce qui est visé, sur les mêmes tirages. Son erreur est celle du résultat, divisée par la vitesse à laquelle il bouge.",
  compare_common:
    "Tous les scénarios sont simulés avec les mêmes tirages : à chaque essai, la même chance pour chaque plan. Ce qui diffère vient des leviers, et l'erreur d'un écart est bien plus petite que celle de ses deux côtés. Un plan fait mieux que la base dans un tirage quand son résultat est meilleur ; les égalités comptent pour moitié.",
  growth_change:
    "Premier mois à partir duquel le montant signé a fait les neuf dixièmes du chemin de l'ancien niveau établi au nouveau. De vieilles affaires lentes et de nouvelles rapides peuvent se conclure ensemble en chemin.",
  seed: "Nombre dont découlent tous les tirages. Ceux d'une affaire ne dépendent que de lui et de l'identifiant de l'affaire : changer une affaire laisse aux autres leur hasard.",
};
