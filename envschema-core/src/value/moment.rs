//! Days and moments, as far as comparing them needs.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day with these numbers; `None` where there is none, or its year is not in 1..=9999.
    #[must_use]
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1..=9999).contains(&year) || !(1..=days).contains(&day) {
            return None;
        }
        let [month, day] = [month, day].map(|number| u8::try_from(number).ok());
        Some(Self { year: u16::try_from(year).ok()?, month: month?, day: day? })
    }

    /// The year, from 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Seconds from 1970-01-01 to the start of the day, both in UTC.
    pub(crate) fn seconds(self) -> i64 {
        days_since_1970(self.year.into(), self.month.into(), self.day.into()) * 86_400
    }

    /// The same for the first day of its month.
    pub(crate) fn start_of_month(self) -> i64 {
        Self { day: 1, ..self }.seconds()
    }

    /// The same for the first day of the month after it.
    pub(crate) fn start_of_next_month(self) -> i64 {
        let (year, month) = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        days_since_1970(year.into(), month.into(), 1) * 86_400
    }
}

/// Counts days by starting the year in March, so that the leap day is its last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days_before_month = (153 * month + 2) / 5;
    let days_before_1970 = 719_469;
    year * 365 + leap_days + days_before_month + day - days_before_1970
}

/// A moment, whatever the offset it was written with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    seconds: i64,
    nanosecond: u32,
}

impl DateTime {
    /// The moment `seconds` and `nanosecond` behind 1970-01-01T00:00:00Z.
    pub(crate) const fn new(seconds: i64, nanosecond: u32) -> Self {
        Self { seconds, nanosecond }
    }

    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since that second; 1 000 000 000 and more within a leap second behind it.
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_follow_each_other() {
        let mut last: Option<Date> = None;
        for year in 1..=9999 {
            for (month, day) in (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))) {
                let Some(date) = Date::new(year, month, day) else { continue };
                if let Some(last) = last {
                    assert!(last < date);
                    assert_eq!(last.seconds() + 86_400, date.seconds());
                    if date.day() == 1 {
                        assert_eq!(last.start_of_next_month(), date.seconds());
                    }
                }
                last = Some(date);
            }
        }
        assert_eq!(Date::new(1970, 1, 1).unwrap().seconds(), 0);
        assert_eq!(Date::new(2024, 2, 29).unwrap().seconds(), 1_709_164_800);
        assert_eq!(last.unwrap().seconds(), 253_402_214_400);
        assert!(Date::new(0, 1, 1).is_none() && Date::new(10_000, 1, 1).is_none());
    }
}
