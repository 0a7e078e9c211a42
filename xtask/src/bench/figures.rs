//! Figures and how they are written.

use std::time::Duration;

/// Times of the same thing, done again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Of these, in any order.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time that so many of a hundred did not exceed: the smallest with at least that share at or under it.
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }

    fn both(&self) -> String {
        format!("{} / {}", millis(self.percentile(50)), millis(self.percentile(99)))
    }
}

/// The run that was quickest for all but one of a hundred: others were kept waiting by the machine.
pub fn best(runs: Vec<Times>) -> Option<Times> {
    runs.into_iter().min_by_key(|times| times.percentile(99))
}

/// The same for each thing that was measured in every run.
pub fn best_of_each(runs: Vec<Vec<(&'static str, Times)>>) -> Vec<(&'static str, Times)> {
    let names: Vec<&str> = runs.first().into_iter().flatten().map(|(name, _)| *name).collect();
    let of = |at: usize| runs.iter().map(|run| run[at].1.clone()).collect();
    names.into_iter().enumerate().filter_map(|(at, name)| Some((name, best(of(at))?))).collect()
}

/// Resident memory, bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// After the start, before anything was asked.
    pub idle: u64,
    /// After pages and reports.
    pub busy: u64,
}

/// What one engine with one number of reports gave.
pub struct Figures {
    /// From the start of the process to its first answer.
    pub starts: Vec<Duration>,
    pub memory: Memory,
    /// Name of the page and its times.
    pub pages: Vec<(&'static str, Times)>,
    /// Sending a report, at a steady pace.
    pub submit: Times,
    /// Name of the page, and how many of it one core serves in a second.
    pub one_core: Vec<(&'static str, f64)>,
    /// The data folder, bytes.
    pub disk: u64,
}

impl Figures {
    /// Every row of the table: what, and its value.
    fn rows(&self) -> Vec<(String, String)> {
        let mut rows = vec![("send a report, 50 a second, p50 / p99".to_owned(), self.submit.both())];
        rows.extend(self.pages.iter().map(|(name, times)| (format!("{name}, p50 / p99"), times.both())));
        rows.extend(
            self.one_core
                .iter()
                .map(|(name, rate)| (format!("{name}, pages a second on one core"), format!("{rate:.0}"))),
        );
        rows.push(("start, median".to_owned(), millis(Times::new(self.starts.clone()).percentile(50))));
        rows.push((
            "resident memory, idle / after load".to_owned(),
            format!("{} / {}", kib(self.memory.idle), kib(self.memory.busy)),
        ));
        rows.push(("data folder".to_owned(), kib(self.disk)));
        rows
    }
}

/// The section of an engine: one column for each number of reports.
pub fn section(engine: &str, counts: &[String], columns: &[Figures]) -> String {
    let heads: String = counts.iter().map(|count| format!(" {count} reports |")).collect();
    let lines = " ---: |".repeat(counts.len());
    let mut text = format!("\n### {engine}\n\n| |{heads}\n| --- |{lines}\n");
    let columns: Vec<_> = columns.iter().map(Figures::rows).collect();
    for at in 0..columns.first().map_or(0, Vec::len) {
        let values: String = columns.iter().map(|rows| format!(" {} |", rows[at].1)).collect();
        text += &format!("| {} |{values}\n", columns[0][at].0);
    }
    text
}

/// As milliseconds, `3.4 ms`.
fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Bytes as people say them, `61 MiB`.
pub fn kib(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes / 1024),
        1_048_576..10_737_418_240 => format!("{} MiB", bytes / 1_048_576),
        _ => format!("{} GiB", bytes / 1_073_741_824),
    }
}

/// `1 000 000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(millis: impl IntoIterator<Item = u64>) -> Times {
        Times::new(millis.into_iter().map(Duration::from_millis).collect())
    }

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let times = of((1..=200).rev());
        assert_eq!(times.percentile(50), Duration::from_millis(100));
        assert_eq!(times.percentile(99), Duration::from_millis(198));
        assert_eq!(of([7]).percentile(99), Duration::from_millis(7));
        assert_eq!(of([1, 900]).percentile(99), Duration::from_millis(900));
        assert_eq!(of([]).percentile(50), Duration::ZERO);
    }

    #[test]
    fn the_quickest_run_counts() {
        let runs = vec![
            vec![("queue", of([3, 9])), ("search", of([2, 2]))],
            vec![("queue", of([4, 5])), ("search", of([1, 8]))],
        ];
        let best = best_of_each(runs);
        let p99 = |at: usize| best[at].1.percentile(99);
        assert_eq!((best[0].0, p99(0), p99(1)), ("queue", Duration::from_millis(5), Duration::from_millis(2)));
        assert_eq!(best_of_each(Vec::new()), []);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(1_000_000), "1 000 000");
        assert_eq!(grouped(100), "100");
        assert_eq!(kib(63_963_136), "61 MiB");
        assert_eq!(kib(2048), "2 KiB");
    }

    #[test]
    fn a_section_has_a_column_for_each_number_of_reports() {
        let figures = || Figures {
            starts: vec![Duration::from_millis(80)],
            memory: Memory { idle: 40 << 20, busy: 90 << 20 },
            pages: vec![("queue", of([3, 4]))],
            submit: of([9]),
            one_core: vec![("queue", 812.4)],
            disk: 5 << 20,
        };
        let text = section("SQLite", &["100".to_owned(), "1 000".to_owned()], &[figures(), figures()]);
        assert!(
            text.starts_with("\n### SQLite\n\n| | 100 reports | 1 000 reports |\n| --- | ---: | ---: |\n"),
            "{text}"
        );
        assert!(text.contains("| queue, p50 / p99 | 3.0 ms / 4.0 ms | 3.0 ms / 4.0 ms |\n"), "{text}");
        assert!(text.contains("| queue, pages a second on one core | 812 | 812 |\n"), "{text}");
    }
}
