use proptest::prelude::*;

use super::*;

/// A cell of reports that come from as many companies.
fn spread(n: u64, from: u64) -> Cell<u64> {
    (0..n).map(|source| (from + source, 1)).collect()
}

fn told(counts: &[u64]) -> Table<usize> {
    partition(counts.iter().enumerate().map(|(place, n)| (place, spread(*n, 100 * place as u64))).collect())
}

fn figures(table: &Table<usize>) -> (Vec<Option<u64>>, Option<u64>) {
    (table.cells.iter().map(|(_, figure)| figure.told()).collect(), table.rest.and_then(Figure::told))
}

#[test]
fn small_counts_are_hidden_and_the_rest_is_never_small() {
    for (counts, cells, rest) in [
        (vec![12, 8], vec![Some(10), Some(10)], None),
        // What is small takes the last of the others with it, and more until the rest is large enough.
        (vec![13, 4, 3], vec![None, None, None], Some(20)),
        (vec![13, 8, 4], vec![Some(15), None, None], Some(10)),
        (vec![4, 13, 8], vec![None, Some(15), None], Some(10)),
        (vec![0, 13, 8], vec![None, None, None], Some(20)),
        (vec![4, 4, 0, 6, 7], vec![None, None, None, Some(5), None], Some(15)),
        // Nothing could be told.
        (vec![4], vec![None], None),
        (vec![2, 1, 0], vec![None, None, None], None),
        (vec![], vec![], None),
    ] {
        assert_eq!(figures(&told(&counts)), (cells, rest), "{counts:?}");
    }
    assert_eq!(told(&[13, 8, 4]).sum(), Some(25));
    assert_eq!(told(&[4]).sum(), None);
}

#[test]
fn what_few_send_is_hidden_however_much_it_is() {
    let of = |counts: &[u64]| counts.iter().enumerate().map(|(source, n)| (source, *n)).collect::<Cell<usize>>();
    for (counts, safe) in [
        (&[50, 50][..], false),
        (&[2, 2, 2], true),
        (&[80, 10, 10], true),
        (&[81, 10, 9], false),
        (&[1, 1, 1, 1], false),
        (&[], false),
    ] {
        assert_eq!(of(counts).is_safe(), safe, "{counts:?}");
    }
    // The rest of one cell would be that cell.
    let table = partition(vec![("many", spread(9, 0)), ("one company", [(7, 40)].into_iter().collect())]);
    assert_eq!(table.cells, [("many", Figure::Few), ("one company", Figure::Few)]);
    assert_eq!(table.rest, None, "one company has more than four fifths of both");
}

#[test]
fn a_mark_that_nearly_all_have_is_hidden_too() {
    let all = spread(20, 0);
    let table = marks(&all, vec![("some", spread(9, 0)), ("few", spread(4, 0)), ("most", spread(17, 0))]);
    assert_eq!(table.cells, [("some", Figure::About(10)), ("few", Figure::Few), ("most", Figure::Few)]);
}

#[test]
fn figures_are_of_months_that_are_over() {
    let day = |year, month, day| Date::new(year, month, day).unwrap_or(Date::from_days(0));
    assert_eq!(ripe(day(2027, 1, 1), 2), [day(2026, 11, 1), day(2026, 12, 1)]);
    assert_eq!(ripe(day(2026, 3, 31), 1), [day(2026, 2, 1)]);
}

/// Every way in which so many reports can be in three cells.
fn worlds(all: u64) -> impl Iterator<Item = [u64; 3]> {
    (0..=all).flat_map(move |a| (0..=all - a).map(move |b| [a, b, all - a - b]))
}

proptest! {
    #[test]
    fn nothing_is_told_that_is_small_or_not_rounded(counts in prop::collection::vec(0_u64..60, 0..9)) {
        let table = told(&counts);
        let all = table.cells.iter().map(|(_, figure)| *figure).chain(table.rest);
        for n in all.filter_map(Figure::told) {
            prop_assert!(n >= LEAST && n % STEP == 0);
        }
        let hidden: Vec<u64> =
            table.cells.iter().filter(|(_, figure)| *figure == Figure::Few).map(|(place, _)| counts[*place]).collect();
        prop_assert!(hidden.len() != 1 || table.rest.is_none(), "the rest is never one cell");
        if table.rest.is_some() {
            prop_assert!(hidden.iter().sum::<u64>() >= LEAST_REST);
        }
    }

    /// The attacker knows the rules and, from elsewhere, how many reports there were in all: each hidden count could still
    /// have been one of at least five.
    #[test]
    fn no_hidden_count_can_be_worked_out(counts in prop::array::uniform3(0_u64..14)) {
        let (table, all) = (told(&counts), counts.iter().sum::<u64>());
        prop_assume!(all >= LEAST);
        let possible: Vec<[u64; 3]> =
            worlds(all).filter(|world| told(world) == table).collect();
        for (place, _) in table.cells.iter().filter(|(_, figure)| *figure == Figure::Few) {
            let values: BTreeSet<u64> = possible.iter().map(|world| world[*place]).collect();
            prop_assert!(values.len() >= 5, "{counts:?}: cell {place} is one of {values:?}");
        }
    }

    /// The attacker asks twice, of sets that overlap: other members, another filter, a later day. What comes out is either
    /// the table that was published, or a set from which the first cannot be taken away to leave a few.
    #[test]
    fn two_overlapping_questions_single_nobody_out(
        first in prop::collection::btree_set(0_u8..12, 0..12),
        asked in prop::collection::vec(prop::collection::btree_set(0_u8..12, 0..12), 1..6),
    ) {
        let mut published = vec![first];
        for asked in asked {
            if published.iter().all(|before| apart(before, &asked)) {
                published.push(asked);
            }
        }
        for one in &published {
            for other in &published {
                let left = one.difference(other).count();
                prop_assert!(one.is_disjoint(other) || left == 0 || left >= LEAST_SOURCES);
            }
        }
    }

    /// The same, with numbers: the attacker takes one published sum from another. The few that a difference would tell of
    /// always have company.
    #[test]
    fn a_difference_of_two_sums_is_never_one_company(sent in prop::collection::vec(0_u64..9, 12), out in 0_usize..12) {
        let of = |who: &[usize]| who.iter().map(|one| (*one, sent[*one])).collect::<Cell<usize>>();
        let all: Vec<usize> = (0..12).collect();
        let but_one: Vec<usize> = all.iter().copied().filter(|one| *one != out).collect();
        let set = |who: &[usize]| who.iter().copied().collect::<BTreeSet<_>>();
        prop_assert!(!apart(&set(&all), &set(&but_one)), "the second is not told");
        prop_assert!(apart(&set(&all), &set(&all[3..])));
        let (whole, part) = (partition(vec![((), of(&all))]), partition(vec![((), of(&all[3..]))]));
        if let (Some(whole), Some(part)) = (whole.sum(), part.sum()) {
            let left: u64 = sent[..3].iter().sum();
            prop_assert!(whole.abs_diff(part).abs_diff(left) <= STEP, "rounding hides nothing more than it says");
        }
    }
}
