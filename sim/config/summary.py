"""A config in one line."""

from sim.config.schema import Config
from sim.config.schema.staff import Department


def one_line(config: Config) -> str:
    """Describe the size of the job centre, the horizon and the number of replications."""
    posts = coordinators(config)
    noun = "coordinator" if posts == 1 else "coordinators"
    return (
        f"{posts:.4g} {noun} for {config.population.stock} citizens, "
        f"{config.run.horizon_weeks} weeks, {config.run.replications} replications"
    )


def coordinators(config: Config) -> float:
    """Count the full-time posts at the start, all departments together."""
    stock = dict.fromkeys(config.departments, 0.0)
    for group_name, group in config.groups.items():
        weights = {
            name: department.stock_share
            for name, department in config.departments.items()
            if not department.groups or group_name in department.groups
        }
        for name, weight in weights.items():
            stock[name] += config.population.stock * group.stock_share * weight / sum(weights.values())
    return sum(_posts(config, department, stock[name]) for name, department in config.departments.items())


def _posts(config: Config, department: Department, stock: float) -> float:
    if department.coordinators is not None:
        return department.coordinators
    target = department.citizens_per_coordinator or config.staffing.citizens_per_coordinator
    return stock / target if target is not None else 0.0
