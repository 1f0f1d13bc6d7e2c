"""Who answers where it is said who may see a nominal."""

from tests.integration.access_rows import ONE, SUPERVISORS, WRITERS, Row

GONE = {**ONE, "row": 0}
OF_RESTRICTIONS: dict[str, Row] = {
    "api:people-unnamed": Row(WRITERS, 400),  # no publication was named
    "offenders:unnamed-people": Row(WRITERS),
    "offenders:nominal-access": Row(SUPERVISORS, 404, ONE),
    "offenders:nominal-restrict": Row(SUPERVISORS, 404, ONE),
    "offenders:nominal-lift": Row(SUPERVISORS, 404, ONE),
    "offenders:nominal-clear": Row(SUPERVISORS, 404, ONE),
    "offenders:clearance-end": Row(SUPERVISORS, 404, GONE),
    "offenders:nominal-exclude": Row(SUPERVISORS, 404, ONE),
    "offenders:exclusion-end": Row(SUPERVISORS, 404, GONE),
    "api:nominal-access": Row(SUPERVISORS, 404, ONE),
    "api:nominal-access POST": Row(SUPERVISORS, 404, ONE),
    "api:restriction-lift POST": Row(SUPERVISORS, 404, ONE),
    "api:clearances POST": Row(SUPERVISORS, 404, ONE),
    "api:clearance DELETE": Row(SUPERVISORS, 404, GONE),
    "api:exclusions POST": Row(SUPERVISORS, 404, ONE),
    "api:exclusion DELETE": Row(SUPERVISORS, 404, GONE),
}
