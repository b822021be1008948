"""The plain values REST takes: of their own kind only, nothing is turned into another.

REST framework reads the number 1e400 as the text “inf”, the text "yes" as true, 3.0 as 3 and the
week 2017-W23 as a day.
"""

from django.utils.translation import gettext as _
from rest_framework import serializers

from .dates import read_day


class Text(serializers.CharField):
    def to_internal_value(self, data):
        if not isinstance(data, str):
            raise serializers.ValidationError(_("Send a text, in quotes."))
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    def to_internal_value(self, data):
        if not isinstance(data, int) or isinstance(data, bool):
            raise serializers.ValidationError(_("Send a whole number, without quotes."))
        return super().to_internal_value(data)


class Yes(serializers.BooleanField):
    def to_internal_value(self, data):
        if not isinstance(data, bool):
            raise serializers.ValidationError(_("Send true or false, without quotes."))
        return data


class Day(serializers.DateField):
    def to_internal_value(self, data):
        day = read_day(data) if isinstance(data, str) else None
        if day is None:
            raise serializers.ValidationError(_("Send the day as 2017-11-13."))
        return day
