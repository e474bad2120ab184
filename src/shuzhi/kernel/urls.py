"""Addresses of the kernel's own pages."""

from django.urls import path, register_converter

from .converters import DayConverter
from .views import audit, calendar, health, jobs

register_converter(DayConverter, "day")
app_name = "kernel"
urlpatterns = [
    path("audit/", audit.event_list, name="audit"),
    path("audit/<str:event>/", audit.event_page, name="event"),
    path("audit/<str:event>/proof/", audit.event_proof, name="event-proof"),
    path("log/", audit.log_page, name="log"),
    path("log/verify/", audit.log_verify, name="log-verify"),
    path("log/export/", audit.log_export, name="log-export"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<str:job>/", jobs.job_page, name="job"),
    path("jobs/<str:job>/file/", jobs.job_file, name="job-file"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/<day:day>/clear/", calendar.calendar_clear, name="calendar-clear"),
    path("health/", health.health_page, name="health"),
]
