/** Dates, times, durations. */
import type { Rules } from "../rules.ts";

export const calendars: Rules = {
  call: String.raw`
    Date.$date1($date)
    Date.$date1($date)
    Date.add($date, $n)
    Date.diff($date, $date)
    Date.compare($date, $date)
    Date.$between?($date, $date)
    Date.shift($date, $shift)
    Date.shift($date, $duration)
    Date.new($year, $month, $day)
    Date.from_iso8601($text)
    Date.from_iso8601!($text)
    Date.beginning_of_week($date, $weekday)
    Date.end_of_week($date, $weekday)
    Date.day_of_week($date, $weekday)
    Date.range($date, $date) |> Enum.take(3)
    Date.range($date, $date, $step) |> Enum.count()
    Date.range($date, $date, $step)
    $date in Date.range($date, $date)
    Date.to_iso8601($date, $fmt)
    Date.from_gregorian_days($n)
    Date.to_gregorian_days($date)
    Date.from_erl({$year, $month, $day})
    Time.$time1($time)
    Time.add($time, $n, $unit)
    Time.diff($time, $time, $unit)
    Time.compare($time, $time)
    Time.truncate($time, $tunit)
    Time.new($hour, $minute, $second, $micro)
    Time.from_iso8601($text)
    Time.shift($time, $tshift)
    Time.to_iso8601($time, $fmt)
    Time.from_seconds_after_midnight($n)
    NaiveDateTime.$naive1($naive)
    NaiveDateTime.add($naive, $n, $unit)
    NaiveDateTime.diff($naive, $naive, $unit)
    NaiveDateTime.compare($naive, $naive)
    NaiveDateTime.truncate($naive, $tunit)
    NaiveDateTime.from_iso8601($text)
    NaiveDateTime.shift($naive, $shift)
    NaiveDateTime.shift($naive, $duration)
    NaiveDateTime.to_iso8601($naive, $fmt)
    NaiveDateTime.new($date, $time)
    NaiveDateTime.new($year, $month, $day, $hour, $minute, $second)
    NaiveDateTime.from_gregorian_seconds($n)
    NaiveDateTime.to_gregorian_seconds($naive)
    DateTime.$dt1($dt)
    DateTime.add($dt, $n, $unit)
    DateTime.diff($dt, $dt, $unit)
    DateTime.compare($dt, $dt)
    DateTime.truncate($dt, $tunit)
    DateTime.from_iso8601($text)
    DateTime.from_iso8601($text, $fmt)
    DateTime.from_unix($n, $unit)
    DateTime.from_naive($naive, $zone)
    DateTime.shift($dt, $shift)
    DateTime.shift($dt, $duration)
    DateTime.to_unix($dt, $unit)
    DateTime.to_iso8601($dt, $fmt, $offset)
    DateTime.new($date, $time, $zone)
    DateTime.shift_zone($dt, $zone)
    DateTime.to_gregorian_seconds($dt)
    Duration.$dur1($duration)
    Duration.new!($shift)
    Duration.$dur2($duration, $duration)
    Duration.multiply($duration, $n)
    Duration.from_iso8601($iso)
    Duration.from_iso8601!($iso)
    Duration.to_iso8601($duration)
    Duration.to_string($duration, $durfmt)
    to_string($any)
    inspect($any)
    inspect($duration)
    Calendar.strftime($any, $strftime)
    Calendar.strftime($naive, $strftime)
    Calendar.strftime($dt, "$pct $pct $pct", $names)
    Calendar.strftime($dt, "$pct|$pct|$pct")
    Calendar.compatible_calendars?(Calendar.ISO, Calendar.ISO)
    Calendar.ISO.$isofun($year, $month, $day)
    Calendar.ISO.days_in_month($year, $month)
    Calendar.ISO.leap_year?($year)
    Calendar.ISO.parse_$parse($text)
    Calendar.ISO.parse_duration($iso)
    Calendar.ISO.date_to_string($year, $month, $day, $fmt)
    Calendar.ISO.time_to_string($hour, $minute, $second, $micro, $fmt)
    Calendar.ISO.year_of_era($year)
    Calendar.ISO.valid_date?($year, $month, $day)
    $date == $date
    $date < $date
    Enum.sort([$date, $date, $date], Date)
    Enum.sort([$date, $date, $date], {:desc, Date})
    Enum.max([$dt, $dt], DateTime)
    Enum.min_max_by([$naive, $naive], & &1.hour)
    :calendar.$erl1($erldate)
    :calendar.$erl2($n)
    :calendar.valid_date($year, $month, $day)
    :calendar.last_day_of_the_month($year, $month)
    :calendar.rfc3339_to_system_time(~c"2024-02-30T10:00:00Z")
    :calendar.system_time_to_rfc3339($pos, [offset: ~c"Z"])
    :calendar.time_difference({$erldate, {1, 2, 3}}, {$erldate, {4, 5, 6}})
    System.convert_time_unit($n, $unit, $unit)
    NaiveDateTime.beginning_of_day($naive)
    NaiveDateTime.end_of_day($naive)
    Date.convert($date, Calendar.ISO)
    %{$date | day: $day} |> Date.to_string()
    JSON.encode!($any)
    Map.from_struct($any)`,
  date1:
    "day_of_era\nday_of_year\ndays_in_month\nquarter_of_year\nyear_of_era\nleap_year?\nmonths_in_year\nto_erl\nto_iso8601\nto_string\nto_gregorian_days\nbeginning_of_month\nend_of_month\nbeginning_of_week\nend_of_week",
  between: "before\nafter",
  time1: "to_string\nto_erl\nto_iso8601\nto_seconds_after_midnight",
  naive1:
    "to_string\nto_erl\nto_iso8601\nto_date\nto_time\nto_gregorian_seconds\nbeginning_of_day\nend_of_day",
  dt1: "to_string\nto_iso8601\nto_date\nto_time\nto_naive\nto_unix\nto_gregorian_seconds",
  dur1: "negate\nto_iso8601\nto_string\nto_timeout",
  dur2: "add\nsubtract",
  durfmt: '[]\nseparator: ", "\nunits: [day: "days", hour: "h"]\nformat: :long',
  iso: String.raw`
    "P1Y2M3DT4H5M6S"
    "PT10.5S"
    "P-1Y"
    "-P1DT-2H"
    "P3W"
    "P1Y1Y"
    "PT"
    "P"
    "P1.5D"
    "PT1H0.000001S"
    "x"
    "+P2D"
    "PT-0.5S"
    "P1S"
    "PT5M3H"
    "PT1.1234567S"`,
  date: "~D[2024-02-29]\n~D[2023-12-31]\n~D[2000-01-01]\n~D[0000-01-01]\n~D[-0001-06-15]\n~D[1970-01-01]\n~D[2024-01-31]\n~D[9999-12-31]\n~D[1582-10-15]\n~D[2021-03-01]\n~D[1999-07-04]\n$naive\n$dt",
  time: "~T[00:00:00]\n~T[23:59:59.999999]\n~T[12:30:15.5]\n~T[01:02:03.000]\n~T[10:00:00.123456]\n~T[24:00:00] |> then(& &1)",
  naive:
    "~N[2024-02-29 12:00:00]\n~N[2023-12-31 23:59:59.999]\n~N[1970-01-01 00:00:00.000001]\n~N[-0004-01-01 00:00:00]\n~N[2000-01-01 01:02:03.1]\n~N[2024-03-31 10:11:12.000000]",
  dt: '~U[2024-02-29 12:00:00Z]\n~U[1970-01-01 00:00:00.000Z]\n~U[2023-06-30 23:59:59.5Z]\n~U[1969-12-31 23:59:59.999999Z]\n~U[-0001-12-31 00:00:00Z]\n~U[2024-12-31 05:06:07.089Z]\n%DateTime{~U[2024-05-05 10:00:00Z] | utc_offset: 3600, std_offset: 3600, zone_abbr: "CEST", time_zone: "Europe/Paris"}',
  any: "$date\n$time\n$naive\n$dt",
  duration:
    "%Duration{month: 1}\n%Duration{day: -3, hour: 25}\nDuration.new!(year: 1, second: 90, microsecond: {500, 3})\n%Duration{week: 2, minute: 61}\n%Duration{}\n%Duration{second: -1, microsecond: {-500000, 6}}\n%Duration{year: -1, month: 14, second: 3}\nDuration.new!($shift)",
  shift:
    "month: $n2\n[day: $n2, month: $n2]\nyear: $n2\nweek: $n2\n[hour: $n2]\n[second: $n2, microsecond: {$n2, 6}]\n[minute: $n2]\nnope: 1\n[year: 1, month: -1, day: 1]\nmicrosecond: {250, 3}",
  tshift: "hour: $n2\n[minute: $n2, second: $n2]\nday: 1\nmicrosecond: {$n2, 3}",
  n2: "1\n-1\n12\n-13\n0\n100\n25",
  n: "0\n1\n-1\n29\n-366\n1000\n86400\n1700000000\n-62167219200\n-100000000000\n365\n1_500_000\n253402300799",
  pos: "0\n1\n1700000000\n86399",
  year: "2024\n2023\n1900\n2000\n0\n-1\n9999\n10000\n-9999",
  month: "1\n2\n12\n13\n0\n6",
  day: "1\n28\n29\n30\n31\n32\n0",
  hour: "0\n23\n24\n12",
  minute: "0\n59\n60",
  second: "0\n59\n60\n30",
  micro: "{0, 0}\n{123000, 3}\n{999999, 6}\n{1, 6}\n{5, 7}",
  weekday: ":monday\n:sunday\n:saturday\n:default\n:wednesday\n:noday",
  step: "1\n-1\n7\n-2\n0",
  fmt: ":basic\n:extended\n:other",
  unit: ":second\n:millisecond\n:microsecond\n:nanosecond\n:minute\n:hour\n:day\n1000\n:native_ish",
  tunit: ":second\n:millisecond\n:microsecond",
  offset: "nil\n0\n3600\n-5400\n7261",
  zone: '"Etc/UTC"\n"Europe/Paris"\n"UTC"',
  text: String.raw`
    "2024-02-29"
    "2024-02-30"
    "2024-13-01"
    "20240229"
    "2024-02-29T10:11:12"
    "2024-02-29 10:11:12.5Z"
    "2024-02-29T10:11:12+01:30"
    "2024-02-29T10:11:12-0130"
    "2024-02-29T23:59:60Z"
    "10:11:12"
    "T10:11:12.123456789"
    "24:00:00"
    "10:11"
    "101112"
    "-0001-01-01"
    "+2024-01-01"
    "2024-1-1"
    "x"
    "20240229T101112Z"
    "2024-02-29T10:11:12,5"
    "2024-02-29T10:11:12.Z"
    "2024-02-29T10:11:12-00:00"
    "10:11:12+02:00"
    ""`,
  isofun: "day_of_year\nquarter_of_year\nday_of_era\nvalid_date?\ndate_to_string",
  parse: "date\ntime\nnaive_datetime\nutc_datetime",
  strftime:
    '"%Y-%m-%d %H:%M:%S"\n"%A %a %B %b %p %P"\n"%y %j %q %u %I"\n"%c | %x | %X"\n"%f %z %Z %s"\n"%-d/%_m/%05Y"\n"%%"\n"%10A|%-5b"\n"%Q"\n"%"\n"%03d%-H%_H%0M"\n"%010c"',
  pct: "%Y\n%-m\n%_d\n%05H\n%A\n%b\n%p\n%j\n%f\n%z\n%Z\n%q\n%u\n%I\n%P\n%-I\n%06S\n%-j\n%_5y\n%3f\n%6z\n%s\n%-z",
  names:
    '[]\n[preferred_date: "%d.%m.%Y", preferred_time: "%Hh"]\nmonth_names: fn m -> "m#{m}" end\nday_of_week_names: fn d -> "d#{d}" end, am_pm_names: fn x -> x end\n[preferred_datetime: "%c"]',
  erl1: "day_of_the_week\ndate_to_gregorian_days\niso_week_number\nvalid_date",
  erl2: "gregorian_days_to_date\ngregorian_seconds_to_datetime\nseconds_to_daystime\nis_leap_year\nseconds_to_time",
  erldate:
    "{2024, 2, 29}\n{2023, 1, 1}\n{2021, 1, 3}\n{0, 1, 1}\n{2020, 12, 31}\n{1970, 1, 1}\n{2024, 2, 30}",
};
